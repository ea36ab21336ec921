package io.tidemark.materializer.query;

import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Sees to it that every read is answered by its deadline, whatever becomes of the work for it. Thread-safe. */
final class PendingReads implements AutoCloseable {
    private final Executor completions;
    private final Timer timer;
    private final Set<Pending> open = ConcurrentHashMap.newKeySet();

    /**
     * @param completions runs what depends on answers that come too late
     * @param timer short tasks only
     */
    PendingReads(Executor completions, Timer timer) {
        this.completions = completions;
        this.timer = timer;
    }

    /** Equal to itself alone. */
    private final class Pending {
        private final CompletableFuture<NodeReply> reply = new CompletableFuture<>();

        void fail(NodeException failure) {
            if (open.remove(this)) {
                completions.execute(() -> reply.completeExceptionally(failure));
            }
        }
    }

    /**
     * @param work fails in any way
     * @return what {@code work} gives, or a {@link NodeException}
     */
    CompletionStage<NodeReply> answer(CompletionStage<NodeReply> work, Deadline deadline) {
        if (work.toCompletableFuture().isDone()) {
            return work.exceptionallyCompose(failure -> CompletableFuture.failedFuture(NodeFailures.ofRead(failure)));
        }
        Pending pending = new Pending();
        open.add(pending);
        Timeout timeout;
        try {
            timeout = timer.newTimeout(
                    passed -> pending.fail(Deadline.passed()),
                    deadline.remaining().toNanos(),
                    TimeUnit.NANOSECONDS);
        } catch (IllegalStateException stopped) {
            open.remove(pending);
            throw closing();
        }
        work.whenComplete((reply, failure) -> {
            timeout.cancel();
            if (!open.remove(pending)) {
                return;
            }
            if (failure == null) {
                pending.reply.complete(reply);
            } else {
                pending.reply.completeExceptionally(NodeFailures.ofRead(failure));
            }
        });
        return pending.reply;
    }

    /** Fails all reads under way; none may be begun any more. */
    @Override
    public void close() {
        open.forEach(pending -> pending.fail(closing()));
    }

    private static NodeException closing() {
        return new NodeException(Kind.NOT_SERVING, "the node is closing");
    }
}
