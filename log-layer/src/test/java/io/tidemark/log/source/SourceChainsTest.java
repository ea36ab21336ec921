package io.tidemark.log.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.catalog.BindingDescription;
import io.tidemark.schema.catalog.BindingSpec;
import io.tidemark.schema.catalog.SourceFormat;
import io.tidemark.schema.catalog.SourceKey;
import io.tidemark.schema.command.SourceMark;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class SourceChainsTest {
    private static final ShardId A = new ShardId(0);
    private static final ShardId B = new ShardId(4);

    private final SourceChains chains = new SourceChains(9, Map.of(A, Map.of(0, 10L), B, Map.of(0, 7L, 1, 3L)));

    @Test
    void aChainGoesOnWhereItsShardIsWhateverOthersWereSentInBetween() {
        assertThat(chains.mark(0, A, 12)).contains(new SourceMark(9, 0, 12, 10));
        chains.advance(A, chains.mark(0, A, 12).orElseThrow());
        assertThat(chains.mark(0, B, 13)).contains(new SourceMark(9, 0, 13, 7));
        chains.advance(B, chains.mark(0, B, 13).orElseThrow());
        assertThat(chains.mark(0, A, 15)).contains(new SourceMark(9, 0, 15, 12));
    }

    @Test
    void aChainOfWhichNothingWasAppliedBeginsWithNone() {
        assertThat(chains.mark(1, A, 5)).contains(new SourceMark(9, 1, 5, SourceMark.NONE));
    }

    @Test
    void whatAShardHasAppliedIsNotSentAgain() {
        assertThat(chains.mark(0, A, 10)).isEmpty();
        assertThat(chains.mark(0, B, 8)).isPresent();
        assertThat(chains.mark(0, B, 7)).isEmpty();
    }

    @Test
    void readingBeginsWhereTheShardThatIsFurthestBehindIs() {
        assertThat(chains.firstNeeded(0)).isEqualTo(8);
        assertThat(chains.firstNeeded(1)).isZero();
        assertThat(chains.firstNeeded(2)).isZero();
        assertThat(chains.hasBegun(1)).isTrue();
        assertThat(chains.hasBegun(2)).isFalse();
    }

    @Test
    void aShardThatIsBehindWhatItWasSentIsNamed() {
        chains.advance(B, new SourceMark(9, 0, 20, 7));
        assertThat(chains.missing(B, Map.of(0, 20L, 1, 3L))).isEmpty();
        assertThat(chains.missing(B, Map.of(0, 25L, 1, 3L))).isEmpty();
        assertThat(chains.missing(B, Map.of(0, 7L, 1, 3L)).orElseThrow())
                .contains("shard 4 was sent source partition 0 up to offset 20 but has applied it up to 7");
    }

    @Test
    void aCheckpointCountsOnlyWhileNoShardIsBehindIt() {
        BindingSpec spec = new BindingSpec("topic", "table", SourceFormat.JSON, SourceKey.RECORD_KEY);
        Checkpoint checkpoints =
                new Checkpoint(new BindingDescription(9, spec, new TableId(1), Instant.ofEpochMilli(77)));
        Optional<OffsetAndMetadata> checkpoint = checkpoints.encode(chains, 1, 500);
        assertThat(checkpoints.firstNeeded(chains, 1, checkpoint)).isEqualTo(500);
        SourceChains ahead = new SourceChains(9, Map.of(A, Map.of(0, 10L), B, Map.of(0, 7L, 1, 600L)));
        assertThat(checkpoints.firstNeeded(ahead, 1, checkpoint)).isEqualTo(500);
        SourceChains restored = new SourceChains(9, Map.of(A, Map.of(), B, Map.of(1, 2L)));
        assertThat(checkpoints.firstNeeded(restored, 1, checkpoint)).isZero();
        SourceChains otherShards = new SourceChains(9, Map.of(A, Map.of(1, 900L), new ShardId(5), Map.of(1, 900L)));
        assertThat(checkpoints.firstNeeded(otherShards, 1, checkpoint)).isEqualTo(901);
        for (String foreign : new String[] {"", "1@77", "1@78,0:-1,4:3", "1@77,0:x,4:3", "1@77,0:-1,4:3,5:6"}) {
            assertThat(checkpoints.firstNeeded(chains, 1, Optional.of(new OffsetAndMetadata(500, foreign))))
                    .isZero();
        }
    }
}
