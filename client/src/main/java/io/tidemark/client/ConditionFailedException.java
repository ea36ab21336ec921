package io.tidemark.client;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.value.Item;
import java.util.Optional;

/** The write's condition was false; nothing changed. */
public final class ConditionFailedException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    private final transient ShardId shard;
    private final transient Lsn lsn;
    private final transient Optional<Item> item;

    ConditionFailedException(ShardId shard, Lsn lsn, Optional<Item> item) {
        super("the condition of the write was false");
        this.shard = shard;
        this.lsn = lsn;
        this.item = item;
    }

    public ShardId shard() {
        return shard;
    }

    /** Where the log decided it. */
    public Lsn lsn() {
        return lsn;
    }

    /** What the condition was evaluated against; only where the request asked for it and there was an item. */
    public Optional<Item> item() {
        return item;
    }
}
