package io.tidemark.log.source;

import io.tidemark.schema.ShardId;
import java.util.Map;

/** How far the shards have applied one binding's records. */
@FunctionalInterface
public interface SourcePositions {
    /**
     * The last offset that the shard has applied, by source partition; a partition that it has applied nothing of is absent.
     * Strongly consistent: whatever was acknowledged by the log before the call has been evaluated. Blocks for a bounded time.
     *
     * @throws RuntimeException if it cannot be told now; the binding then starts again later
     */
    Map<Integer, Long> lastOffsets(ShardId shard);
}
