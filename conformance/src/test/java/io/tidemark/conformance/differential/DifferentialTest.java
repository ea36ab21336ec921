package io.tidemark.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.conformance.cluster.ClusterExtension;
import io.tidemark.conformance.cluster.Endpoint;
import io.tidemark.conformance.http.ApiClient;
import io.tidemark.conformance.local.DynamoDbLocal;
import io.tidemark.conformance.local.LocalExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The same requests to Tidemark and to DynamoDB Local. {@code -Dtidemark.differential.sequences=N} runs more of them,
 * {@code -Dtidemark.seed=S} others; a finding's seed with one sequence repeats it.
 */
@ExtendWith({ClusterExtension.class, LocalExtension.class})
class DifferentialTest {
    private static final Logger LOG = LoggerFactory.getLogger(DifferentialTest.class);
    private static final int TESTERS = 4;
    private static final long SEED = Long.getLong("tidemark.seed", 20_261_120L);
    private static final long SEQUENCES = Long.getLong("tidemark.differential.sequences", 2_000L);

    private static final long DATA_SEQUENCES_PER_TABLE_SEQUENCE = 20;

    /** A run of as many meets every difference that is listed. */
    private static final long SEQUENCES_THAT_MEET_ALL = 20_000;

    @Test
    void tidemarkAnswersWhatDynamoDbLocalAnswersUnlessAwsDoesNot(Endpoint tidemark, DynamoDbLocal local)
            throws InterruptedException {
        KnownDifferences known = KnownDifferences.read();
        long startNanos = System.nanoTime();
        List<Tester.Finding> findings = new ArrayList<>(new DifferentialRun(
                        TESTERS,
                        number -> new Tester(
                                new Side(tidemark.client()),
                                Side.local(new ApiClient(local.endpoint(), LocalExtension.CREDENTIALS)),
                                TableShape.all("differential" + number),
                                known))
                .run(SEED, SEQUENCES));
        TableSequenceGenerator tables = new TableSequenceGenerator();
        Tester tester = new Tester(
                new Side(tidemark.client()),
                Side.local(new ApiClient(local.endpoint(), LocalExtension.CREDENTIALS)),
                List.of(),
                known);
        for (long index = 0; index < Math.max(1, SEQUENCES / DATA_SEQUENCES_PER_TABLE_SEQUENCE); index++) {
            tester.runOnOwnTables(tables.sequence(DifferentialRun.seedOf(SEED, index)), TableSequenceGenerator.PREFIX)
                    .ifPresent(findings::add);
        }
        LOG.atInfo()
                .addKeyValue("seed", SEED)
                .addKeyValue("sequences", SEQUENCES)
                .addKeyValue("seconds", (System.nanoTime() - startNanos) / 1_000_000_000)
                .addKeyValue("known", known.hits())
                .log("compared");
        assertThat(findings)
                .as(() -> findings.stream().map(Tester.Finding::describe).collect(Collectors.joining("\n\n")))
                .isEmpty();
        if (SEQUENCES >= SEQUENCES_THAT_MEET_ALL) {
            assertThat(known.unmet())
                    .as("listed in known-differences.yaml, but not met: remove what is no difference any more")
                    .isEmpty();
        }
    }
}
