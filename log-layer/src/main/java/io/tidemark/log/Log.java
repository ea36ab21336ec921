package io.tidemark.log;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.WalPayload;
import java.util.concurrent.CompletionStage;

/**
 * A replicated log of one or more shards. Thread-safe.
 *
 * <p>Contract, the same for every implementation: an append whose stage completed is durable and has the LSN that it was
 * given; LSNs of a shard are contiguous; every reader sees the same records in the same order. An append whose stage failed
 * may or may not be in the log.
 */
public interface Log extends AutoCloseable {
    int shardCount();

    /**
     * Appends one record and completes with its LSN once it is durable.
     *
     * <p>Appends of one caller to one shard keep their order, unless one of them fails. Fails with a {@link LogException}.
     */
    CompletionStage<Lsn> append(ShardId shard, WalPayload payload);

    /**
     * Opens a reader at {@code from}, inclusive. {@code from} may be the end (then the reader waits for what comes), but not
     * beyond; whether it has been trimmed is told by the first {@link LogReader#poll}.
     */
    LogReader read(ShardId shard, Lsn from);

    /** The first LSN that is still held. */
    CompletionStage<Lsn> start(ShardId shard);

    /** The LSN that the next append gets, as far as records are durable. */
    CompletionStage<Lsn> end(ShardId shard);

    /** Drops every record before {@code before}; completes with the new start. Never moves the start back. */
    CompletionStage<Lsn> trim(ShardId shard, Lsn before);

    @Override
    void close();
}
