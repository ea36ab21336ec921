package io.tidemark.materializer.query;

import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.tidemark.materializer.core.Transition;
import io.tidemark.materializer.streams.Gathering;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Writes that wait for this zone's replica to apply their record. Each is answered exactly once: by its outcome, by its
 * deadline, or because the replica has gone. Thread-safe.
 *
 * <p>Once a record may be in the log its write must not fail with NOT_SERVING, which promises that nothing was appended.
 */
final class ParkedRequests implements AutoCloseable {
    private record Key(ShardId shard, RequestId requestId) {}

    private final ConcurrentMap<Key, Waiter> waiters = new ConcurrentHashMap<>();
    private final int maxParked;
    private final Semaphore permits;
    private final Gathering gathering;
    private final Executor completions;
    private final Timer timer;
    private volatile boolean closed;

    /**
     * @param gathering is told of everybody who comes and goes
     * @param completions runs whatever depends on the answers, so that neither the replica's thread nor the timer does
     * @param timer short tasks only
     */
    ParkedRequests(int maxParked, Gathering gathering, Executor completions, Timer timer) {
        this.maxParked = maxParked;
        this.permits = new Semaphore(maxParked);
        this.gathering = gathering;
        this.completions = completions;
        this.timer = timer;
    }

    /** One write that waits. Several may wait for the same request id. */
    final class Waiter {
        private final Key key;
        private final CompletableFuture<NodeReply> reply = new CompletableFuture<>();
        private final AtomicBoolean settled = new AtomicBoolean();
        private volatile @Nullable Timeout timeout;
        /** Who waits for the same id; written under the map's lock of the key. */
        private @Nullable Waiter next;

        private Waiter(Key key) {
            this.key = key;
        }

        CompletableFuture<NodeReply> reply() {
            return reply;
        }

        /** Ends the waiting; without effect where it has ended. Does not block. */
        void fail(Kind kind, String message) {
            unlink(this);
            if (settle()) {
                execute(() -> reply.completeExceptionally(new NodeException(kind, message)));
            }
        }

        /** Whoever is told true, and nobody else, answers. */
        private boolean settle() {
            if (!settled.compareAndSet(false, true)) {
                return false;
            }
            release();
            Timeout running = timeout;
            if (running != null) {
                running.cancel();
            }
            return true;
        }
    }

    /**
     * Begins to wait. To be called before the record is appended, since it may be applied at any moment from then on.
     *
     * @throws NodeException of kind OVERLOADED or NOT_SERVING; nothing waits then, and nothing may be appended
     */
    Waiter park(ShardId shard, RequestId requestId, Duration deadline) {
        if (!permits.tryAcquire()) {
            throw new NodeException(Kind.OVERLOADED, maxParked + " writes wait for their outcome already");
        }
        gathering.arrive();
        Waiter waiter = new Waiter(new Key(shard, requestId));
        try {
            waiter.timeout = timer.newTimeout(
                    passed -> waiter.fail(
                            Kind.TIMEOUT,
                            "the outcome was not known in time; repeat the write with the same request id"),
                    deadline.toNanos(),
                    TimeUnit.NANOSECONDS);
        } catch (IllegalStateException stopped) {
            release();
            throw closing();
        }
        waiters.merge(waiter.key, waiter, (others, added) -> {
            added.next = others;
            return added;
        });
        if (closed) {
            waiter.fail(Kind.NOT_SERVING, "the node is closing; nothing was appended");
            throw closing();
        }
        return waiter;
    }

    private void release() {
        gathering.depart(1);
        permits.release();
    }

    private static NodeException closing() {
        return new NodeException(Kind.NOT_SERVING, "the node is closing; nothing was appended");
    }

    /**
     * The shard's records were applied: answers everybody who waits for their request ids, and all of them in one task, since waking
     * a thread costs more than an answer. Never blocks.
     */
    void complete(ShardId shard, List<Transition> transitions) {
        List<Runnable> answers = new ArrayList<>();
        for (Transition transition : transitions) {
            if (transition.requestId().isPresent()) {
                addAnswers(answers, new Key(shard, transition.requestId().get()), transition);
            }
        }
        if (!answers.isEmpty()) {
            execute(() -> answers.forEach(Runnable::run));
        }
    }

    private void addAnswers(List<Runnable> answers, Key key, Transition transition) {
        Waiter waiter = waiters.remove(key);
        if (waiter == null) {
            return;
        }
        NodeReply.Written written = new NodeReply.Written(transition.outcomeLsn(), transition.outcome());
        for (Waiter each = waiter; each != null; each = each.next) {
            CompletableFuture<NodeReply> reply = each.reply;
            if (each.settle()) {
                answers.add(() -> reply.complete(written));
            }
        }
    }

    private void execute(Runnable answer) {
        try {
            completions.execute(answer);
        } catch (RejectedExecutionException e) {
            answer.run();
        }
    }

    /** The replica has gone: whoever waits may find the outcome elsewhere. */
    void failShard(ShardId shard, String reason) {
        for (Key key : waiters.keySet()) {
            if (key.shard().equals(shard)) {
                failAll(waiters.remove(key), reason);
            }
        }
    }

    /** Writes that wait. */
    int count() {
        return maxParked - permits.availablePermits();
    }

    boolean isEmpty() {
        return waiters.isEmpty();
    }

    private void failAll(@Nullable Waiter first, String reason) {
        for (Waiter each = first; each != null; each = each.next) {
            CompletableFuture<NodeReply> reply = each.reply;
            if (each.settle()) {
                execute(() -> reply.completeExceptionally(new NodeException(
                        Kind.TIMEOUT, reason + "; the write may be in the log: repeat it with the same request id")));
            }
        }
    }

    private void unlink(Waiter waiter) {
        waiters.computeIfPresent(waiter.key, (key, first) -> without(first, waiter));
    }

    private static @Nullable Waiter without(Waiter first, Waiter removed) {
        if (first == removed) {
            return removed.next;
        }
        Waiter before = first;
        while (before.next != null && before.next != removed) {
            before = before.next;
        }
        if (before.next != null) {
            before.next = removed.next;
        }
        return first;
    }

    /** Fails everybody who waits, and whoever comes. */
    @Override
    public void close() {
        closed = true;
        for (Key key : waiters.keySet()) {
            failAll(waiters.remove(key), "the node is closing");
        }
    }
}
