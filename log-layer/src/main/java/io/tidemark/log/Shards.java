package io.tidemark.log;

import io.tidemark.log.LogException.Kind;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.WalPayload;

/** Checks that every log makes. */
final class Shards {
    private Shards() {}

    static void require(Log log, ShardId shard) {
        if (shard.value() >= log.shardCount()) {
            throw new IllegalArgumentException("the log has shards 0 to " + (log.shardCount() - 1) + ", not " + shard);
        }
    }

    static LogException tooLarge(String action, WalPayload payload) {
        return new LogException(
                Kind.TOO_LARGE,
                action + ": key, value and headers have " + payload.sizeBytes() + " bytes, more than "
                        + Log.MAX_PAYLOAD_BYTES);
    }
}
