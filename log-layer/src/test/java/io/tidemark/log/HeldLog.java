package io.tidemark.log;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.WalPayload;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A log whose appends reach it at once, but are acknowledged or failed only when the test says so. Nobody vouches for its end.
 */
final class HeldLog extends ForwardingLog {
    private final ArrayDeque<Held> held = new ArrayDeque<>();

    private record Held(Lsn lsn, CompletableFuture<Lsn> acknowledgement) {}

    HeldLog() {
        super(new MemoryLog(2, InstantSource.system()));
    }

    /** Appends that are not acknowledged yet. */
    synchronized int heldCount() {
        return held.size();
    }

    /** Acknowledges the oldest append, or fails it. */
    void release(Optional<LogException> failure) {
        Held oldest;
        synchronized (this) {
            oldest = held.removeFirst();
        }
        failure.ifPresentOrElse(
                oldest.acknowledgement()::completeExceptionally,
                () -> oldest.acknowledgement().complete(oldest.lsn()));
    }

    @Override
    public CompletionStage<Lsn> confirmedEnd(ShardId shard) {
        return CompletableFuture.failedStage(
                new LogException(LogException.Kind.UNAVAILABLE, "nobody vouches for an end"));
    }

    @Override
    public synchronized CompletionStage<Lsn> append(ShardId shard, WalPayload payload) {
        Lsn lsn = log().append(shard, payload).toCompletableFuture().join();
        Held append = new Held(lsn, new CompletableFuture<>());
        held.add(append);
        return append.acknowledgement();
    }
}
