package io.tidemark.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.conformance.http.ApiClient;
import io.tidemark.conformance.local.DynamoDbLocal;
import io.tidemark.conformance.local.LocalExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tester on a service beside itself: it must find nothing, until an answer is changed under its hands. */
@ExtendWith(LocalExtension.class)
class LocalAgainstItselfTest {
    private static final long SEED = 20_261_120;
    private static final int SEQUENCES = 150;

    @Test
    void twoServersThatAreTheSameAnswerTheSame(DynamoDbLocal local) throws InterruptedException {
        try (DynamoDbLocal other = DynamoDbLocal.inMemory()) {
            List<Tester.Finding> findings = new DifferentialRun(
                            2,
                            number -> new Tester(
                                    new Side(new ApiClient(other.endpoint(), LocalExtension.CREDENTIALS)),
                                    new Side(new ApiClient(local.endpoint(), LocalExtension.CREDENTIALS)),
                                    TableShape.all("itself" + number),
                                    new KnownDifferences(List.of())))
                    .run(SEED, SEQUENCES);
            assertThat(findings).extracting(Tester.Finding::describe).isEmpty();
        }
    }

    @Test
    void aSequenceIsTheSameForTheSameSeed() {
        SequenceGenerator generator = new SequenceGenerator(TableShape.all("t"));

        assertThat(generator.sequence(SEED)).isEqualTo(generator.sequence(SEED));
        assertThat(generator.sequence(SEED)).isNotEqualTo(generator.sequence(SEED + 1));
    }
}
