package io.tidemark.materializer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.materializer.core.testing.GoldenLog;
import io.tidemark.materializer.core.testing.PlainState;
import io.tidemark.schema.wire.WalRecord;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenLogTest {
    /**
     * If this fails, this build computes something else than the builds before it, and replicas of a running cluster would part:
     * such a change needs a new semantics version, and both versions' rules in the code.
     */
    @ParameterizedTest
    @ValueSource(strings = "v1")
    void theLogOfEveryReleasedVersionStillGivesItsHashes(String version) throws IOException {
        assertThat(GoldenLog.apply(GoldenLog.read(version))).isEqualTo(GoldenLog.expected(version));
    }

    @ParameterizedTest
    @ValueSource(strings = "v1")
    void aGoldenLogThatIsChangedGivesOtherHashes(String version) throws IOException {
        List<WalRecord> records = GoldenLog.read(version);
        PlainState state = new PlainState();
        for (WalRecord record : records) {
            state.apply(record);
        }
        assertThat(state.items()).isNotEmpty();
        assertThat(GoldenLog.apply(records.subList(0, records.size() - 1)).outcomesHash())
                .isNotEqualTo(GoldenLog.expected(version).outcomesHash());
    }
}
