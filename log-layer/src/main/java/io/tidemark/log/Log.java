package io.tidemark.log;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.WalPayload;
import java.util.concurrent.CompletionStage;

/**
 * A replicated log of one or more shards. Thread-safe; no method blocks, except {@link #close}.
 *
 * <p>Contract, the same for every implementation: an append whose stage completed is durable and has the LSN that it was
 * given; LSNs of a shard are contiguous; every reader sees the same records in the same order. An append whose stage failed
 * may or may not be in the log, unless the {@link LogException.Kind} says that it is not.
 *
 * <p>Stages fail with a {@link LogException} and nothing else. They may complete on the log's own I/O threads: whatever
 * depends on one must not block. A shard that the log does not have is a bug of the caller and throws
 * {@link IllegalArgumentException} at once.
 */
public interface Log extends AutoCloseable {
    /** The greatest size of a record's key, value and headers together; a larger one is {@code TOO_LARGE}. */
    int MAX_PAYLOAD_BYTES = 2 << 20;

    /** Shards are numbered from 0; their number is fixed as long as the log is open. */
    int shardCount();

    /**
     * Appends one record and completes with its LSN once it is durable.
     *
     * <p>Appends of one caller to one shard keep their order, unless one of them fails.
     */
    CompletionStage<Lsn> append(ShardId shard, WalPayload payload);

    /**
     * Opens a reader at {@code from}, inclusive. {@code from} may be the end (then the reader waits for what comes), but not
     * beyond; whether the log holds it is told by the first {@link LogReader#poll}.
     */
    LogReader read(ShardId shard, Lsn from);

    /** The first LSN that is still held; equals the end if nothing is. */
    CompletionStage<Lsn> start(ShardId shard);

    /**
     * The LSN that the next append gets, as far as records are durable: never less than the LSN after an append that had
     * completed before this call, as long as the shard's leader is who it believes to be. Concurrent calls share a look-up, but never one that had begun before they came.
     */
    CompletionStage<Lsn> end(ShardId shard);

    /**
     * The end as {@link #end} has it, and so whatever fails: not even a leader that was replaced without its notice can tell an
     * old one. Fails with UNAVAILABLE, after a fraction of a second, if nobody can vouch for an end; to append a record and wait
     * for its LSN is the way that is left then.
     */
    CompletionStage<Lsn> confirmedEnd(ShardId shard);

    /**
     * Drops every record before {@code before}; completes with the new start. Never moves the start back. Fails with
     * {@code BEYOND_END} if {@code before} is after the end.
     */
    CompletionStage<Lsn> trim(ShardId shard, Lsn before);

    /**
     * Waits a bounded time for appends under way, then fails what is left with {@code CLOSED}, and every later call. Readers
     * of a closed log fail too, and are still to be closed by those who opened them. Closing again does nothing.
     */
    @Override
    void close();
}
