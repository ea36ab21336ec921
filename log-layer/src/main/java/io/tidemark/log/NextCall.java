package io.tidemark.log;

import io.tidemark.log.LogException.Kind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shares one asynchronous call among its concurrent callers: at most one is under way, and whoever comes meanwhile shares the
 * next one. Nobody is given the result of a call that had begun before he came, so each result is at least as new as the
 * request for it. Thread-safe.
 */
final class NextCall<T> {
    /** Callers that may wait for one call. */
    static final int MAX_CALLERS = 100_000;

    private final String action;
    private final Supplier<CompletionStage<T>> call;
    private boolean underWay;
    private @Nullable CompletableFuture<T> next;
    private int nextCallers;

    /**
     * @param action names the call in an error
     * @param call must not block; what it throws is a failure of its stage
     */
    NextCall(String action, Supplier<CompletionStage<T>> call) {
        this.action = action;
        this.call = call;
    }

    /** Fails with OVERLOADED if {@value #MAX_CALLERS} wait already, else with what the call fails with. */
    CompletionStage<T> join() {
        CompletableFuture<T> mine;
        synchronized (this) {
            if (underWay) {
                return joinNext();
            }
            underWay = true;
            mine = new CompletableFuture<>();
        }
        begin(mine);
        return mine.minimalCompletionStage();
    }

    private CompletionStage<T> joinNext() {
        if (nextCallers == MAX_CALLERS) {
            return CompletableFuture.failedStage(new LogException(
                    Kind.OVERLOADED, action + ": " + MAX_CALLERS + " callers wait already; wait, then retry"));
        }
        nextCallers++;
        if (next == null) {
            next = new CompletableFuture<>();
        }
        return next.minimalCompletionStage();
    }

    /** Runs calls until one is left under way, or nobody waits. A loop, so that calls that complete at once do not nest. */
    private void begin(CompletableFuture<T> first) {
        CompletableFuture<T> result = first;
        while (result != null) {
            CompletableFuture<T> current = result;
            CompletableFuture<T> stage = invoke();
            if (!stage.isDone()) {
                var unused = stage.whenComplete((value, failure) -> {
                    // The next call begins before this one's callers hear of theirs, so that they delay nobody.
                    CompletableFuture<T> following = takeNext();
                    if (following != null) {
                        begin(following);
                    }
                    complete(current, stage);
                });
                return;
            }
            result = takeNext();
            complete(current, stage);
        }
    }

    private CompletableFuture<T> invoke() {
        try {
            return call.get().toCompletableFuture();
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private synchronized @Nullable CompletableFuture<T> takeNext() {
        CompletableFuture<T> following = next;
        next = null;
        nextCallers = 0;
        underWay = following != null;
        return following;
    }

    private void complete(CompletableFuture<T> result, CompletableFuture<T> stage) {
        if (stage.isCompletedExceptionally()) {
            result.completeExceptionally(KafkaErrors.toLogException(action, stage.exceptionNow()));
        } else {
            result.complete(stage.resultNow());
        }
    }
}
