package io.tidemark.client;

import io.tidemark.client.ShardPlan.Target;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.node.StorageNode;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Brings requests to a node that serves the shard. Thread-safe. Once closed, what is under way may stay open for ever. */
final class ShardCalls implements AutoCloseable {
    /** What a node gets on top of its deadline to say that it passed, before it counts as hung. */
    private static final Duration GRACE = Duration.ofMillis(100);
    /** The back-off is not doubled more often. */
    private static final int MAX_DOUBLINGS = 16;

    private final ClusterNodes nodes;
    private final ClientConfig config;
    private final RandomGenerator random;
    private final LongSupplier nanoTime;
    private final ShardPlan plan;
    private final ScheduledThreadPoolExecutor timer;

    /**
     * @param random used under a lock on it
     * @param nanoTime monotonic, as {@link System#nanoTime}
     */
    ShardCalls(ClusterNodes nodes, ClientConfig config, RandomGenerator random, LongSupplier nanoTime) {
        this.nodes = nodes;
        this.config = config;
        this.random = random;
        this.nanoTime = nanoTime;
        this.plan = new ShardPlan(nodes, config, nanoTime);
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "tidemark-client-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * Asks zone after zone, with the very same request, until one serves it.
     *
     * @return the reply; or an {@link UnavailableException}, or a {@link NodeException} that no other zone could mend
     */
    CompletableFuture<NodeReply> call(ShardId shard, NodeRequest request) {
        ShardCall call = new ShardCall(this, shard, request, config.operationTimeout());
        call.start();
        return call.result();
    }

    /** Asks the nodes of one zone alone, each once. Fails with a {@link NodeException}. */
    CompletableFuture<NodeReply> callZone(Zone zone, ShardId shard, NodeRequest request, Duration deadline) {
        int zoneNumber = nodes.zones().indexOf(nodes.zone(zone));
        return askInTurn(plan.zoneRound(zoneNumber, shard), shard, request, nanos() + deadline.toNanos());
    }

    private CompletableFuture<NodeReply> askInTurn(
            Deque<Target> targets, ShardId shard, NodeRequest request, long deadlineNanos) {
        Target target = targets.remove();
        return ask(target.node(), request, Duration.ofNanos(deadlineNanos - nanos()))
                .thenApply(reply -> {
                    plan.served(target, shard);
                    return reply;
                })
                .exceptionallyCompose(failure -> {
                    NodeException reason = nodeException(failure);
                    return reason.kind() == Kind.NOT_SERVING && !targets.isEmpty() && nanos() - deadlineNanos < 0
                            ? askInTurn(targets, shard, request, deadlineNanos)
                            : CompletableFuture.failedFuture(reason);
                });
    }

    /** Asks one node. The stage never stays open much longer than the deadline, whatever the node does. */
    CompletableFuture<NodeReply> ask(StorageNode node, NodeRequest request, Duration deadline) {
        CompletableFuture<NodeReply> answer = new CompletableFuture<>();
        try {
            node.call(request, deadline).whenComplete((reply, failure) -> {
                if (reply != null) {
                    answer.complete(reply);
                } else {
                    answer.completeExceptionally(nodeException(failure));
                }
            });
            if (!answer.isDone()) {
                watch(answer, deadline);
            }
        } catch (RuntimeException e) {
            answer.completeExceptionally(nodeException(e));
        }
        return answer;
    }

    private void watch(CompletableFuture<NodeReply> answer, Duration deadline) {
        ScheduledFuture<?> watch = timer.schedule(
                () -> answer.completeExceptionally(
                        new NodeException(Kind.TIMEOUT, "no answer within " + deadline.toMillis() + " ms")),
                deadline.plus(GRACE).toNanos(),
                TimeUnit.NANOSECONDS);
        var unused = answer.whenComplete((reply, failure) -> watch.cancel(false));
    }

    private static NodeException nodeException(@Nullable Throwable failure) {
        Throwable cause =
                failure == null ? new NullPointerException("neither reply nor failure") : Operations.unwrapped(failure);
        return cause instanceof NodeException known
                ? known
                : new NodeException(Kind.INTERNAL, "the node failed in a way it must not: " + cause, cause);
    }

    /** Runs a task later; not at all once closed. */
    void later(Duration delay, Runnable task) {
        var unused = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Completes after the time; never once closed. */
    CompletableFuture<Void> pause(Duration delay) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        later(delay, () -> over.complete(null));
        return over;
    }

    /** Half of the doubled first back-off, plus a random part of the other half. */
    Duration backoff(int round) {
        long first = config.firstBackoff().toNanos();
        long full = Math.min(config.maxBackoff().toNanos(), first << Math.min(round, MAX_DOUBLINGS));
        synchronized (random) {
            return Duration.ofNanos(full / 2 + random.nextLong(full / 2 + 1));
        }
    }

    RequestId newRequestId() {
        synchronized (random) {
            return RequestId.random(random);
        }
    }

    ClientConfig config() {
        return config;
    }

    ShardPlan plan() {
        return plan;
    }

    long nanos() {
        return nanoTime.getAsLong();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
