package io.tidemark.client;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.value.Item;
import java.util.Optional;

/**
 * A write that took effect.
 *
 * @param lsn where the command stands in the shard's log
 * @param attributes what the request's return values asked for; absent where it asked for nothing or nothing is there
 * @param oldSizeBytes size of the item before, 0 where there was none
 * @param newSizeBytes size of the item after, 0 where there is none
 */
public record WriteResult(ShardId shard, Lsn lsn, Optional<Item> attributes, int oldSizeBytes, int newSizeBytes) {
    /** For reads of the same item, or of others with its partition key, that must see this write. */
    public Consistency token() {
        return new Consistency.AtLeast(lsn);
    }
}
