package io.tidemark.log;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.WalPayload;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A log whose appends reach it at once, but are acknowledged or failed only when the test says so. */
final class HeldLog implements Log {
    private final Log log = new MemoryLog(2, InstantSource.system());
    private final ArrayDeque<Held> held = new ArrayDeque<>();

    private record Held(Lsn lsn, CompletableFuture<Lsn> acknowledgement) {}

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
    public int shardCount() {
        return log.shardCount();
    }

    @Override
    public synchronized CompletionStage<Lsn> append(ShardId shard, WalPayload payload) {
        Lsn lsn = log.append(shard, payload).toCompletableFuture().join();
        Held append = new Held(lsn, new CompletableFuture<>());
        held.add(append);
        return append.acknowledgement();
    }

    @Override
    public LogReader read(ShardId shard, Lsn from) {
        return log.read(shard, from);
    }

    @Override
    public CompletionStage<Lsn> start(ShardId shard) {
        return log.start(shard);
    }

    @Override
    public CompletionStage<Lsn> end(ShardId shard) {
        return log.end(shard);
    }

    @Override
    public CompletionStage<Lsn> trim(ShardId shard, Lsn before) {
        return log.trim(shard, before);
    }

    @Override
    public void close() {
        log.close();
    }
}
