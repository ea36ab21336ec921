package io.tidemark.materializer.streams;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Callers that wait until a replica has applied a position. Thread-safe; costs the applying thread one read while nobody waits. */
final class AppliedWaiters {
    static final int MAX_WAITERS = 100_000;

    private static final long NOBODY = Long.MAX_VALUE;

    private final ShardId shard;
    private final Supplier<Lsn> applied;
    private final Gathering gathering;
    private final PriorityQueue<Waiter> queue = new PriorityQueue<>();
    /** The least position waited for. Written before the applied position is read, which is written before this is read. */
    private volatile long least = NOBODY;

    private record Waiter(Lsn nextLsn, CompletableFuture<Void> future) implements Comparable<Waiter> {
        @Override
        public int compareTo(Waiter other) {
            return nextLsn.compareTo(other.nextLsn);
        }
    }

    /**
     * @param applied everything before it is applied; must be visible before {@link #advance} is called
     * @param gathering is told of everybody who comes and goes
     */
    AppliedWaiters(ShardId shard, Supplier<Lsn> applied, Gathering gathering) {
        this.shard = shard;
        this.applied = applied;
        this.gathering = gathering;
    }

    CompletionStage<Void> await(Lsn nextLsn, Duration deadline) {
        if (!applied.get().isBefore(nextLsn)) {
            return CompletableFuture.completedStage(null);
        }
        CompletableFuture<Void> future = new CompletableFuture<>();
        if (!add(new Waiter(nextLsn, future))) {
            return CompletableFuture.failedStage(new NodeException(
                    Kind.OVERLOADED, MAX_WAITERS + " requests wait for shard " + shard + ": wait, then retry"));
        }
        advance(applied.get());
        return future.orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(
                        failure instanceof TimeoutException ? timeout(nextLsn) : failure));
    }

    private NodeException timeout(Lsn nextLsn) {
        return new NodeException(
                Kind.TIMEOUT,
                "the replica of shard " + shard + " is at LSN " + applied.get() + ", not yet at " + nextLsn);
    }

    private synchronized boolean add(Waiter waiter) {
        if (queue.size() >= MAX_WAITERS) {
            int before = queue.size();
            queue.removeIf(waiting -> waiting.future().isDone());
            gathering.depart(before - queue.size());
        }
        if (queue.size() >= MAX_WAITERS) {
            return false;
        }
        queue.add(waiter);
        updateLeast();
        gathering.arrive();
        return true;
    }

    /** Completes those that wait for {@code nextLsn} or less. */
    void advance(Lsn nextLsn) {
        if (nextLsn.offset() < least) {
            return;
        }
        for (Waiter waiter : removeUpTo(nextLsn)) {
            waiter.future().complete(null);
        }
    }

    private synchronized List<Waiter> removeUpTo(Lsn nextLsn) {
        List<Waiter> reached = new ArrayList<>();
        while (!queue.isEmpty() && !queue.element().nextLsn().isAfter(nextLsn)) {
            reached.add(queue.remove());
        }
        gathering.depart(reached.size());
        updateLeast();
        return reached;
    }

    /** Fails everybody who waits. */
    void fail(NodeException failure) {
        List<Waiter> waiting;
        synchronized (this) {
            waiting = List.copyOf(queue);
            queue.clear();
            gathering.depart(waiting.size());
            updateLeast();
        }
        waiting.forEach(waiter -> waiter.future().completeExceptionally(failure));
    }

    private void updateLeast() {
        least = queue.isEmpty() ? NOBODY : queue.element().nextLsn().offset();
    }
}
