package io.tidemark.catalog;

import io.tidemark.schema.catalog.CatalogException;
import io.tidemark.schema.catalog.CatalogException.Kind;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Callers that wait until the catalog has reached some state. Thread-safe. */
final class Waiters {
    private record Waiter(Predicate<CatalogView> condition, CompletableFuture<CatalogView> done) {}

    private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();
    private final int maxWaiting;
    private final Executor executor;

    /** @param executor completes the stages, so that callers' work never runs on the thread that follows the log */
    Waiters(int maxWaiting, Executor executor) {
        this.maxWaiting = maxWaiting;
        this.executor = executor;
    }

    /** Looks at {@code current} again after the waiter is listed, so that no change is missed in between. */
    CompletableFuture<CatalogView> await(
            Predicate<CatalogView> condition, Duration timeout, Supplier<CatalogView> current) {
        CatalogView now = current.get();
        if (condition.test(now)) {
            return CompletableFuture.completedFuture(now);
        }
        if (waiting.size() >= maxWaiting) {
            return CompletableFuture.failedFuture(
                    new CatalogException(Kind.OVERLOADED, maxWaiting + " requests wait for the catalog already"));
        }
        Waiter waiter = new Waiter(condition, new CompletableFuture<>());
        waiting.add(waiter);
        CatalogView since = current.get();
        if (condition.test(since)) {
            waiter.done().complete(since);
        }
        waiter.done().orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
        return waiter.done().whenComplete((view, failure) -> waiting.remove(waiter));
    }

    /** Called after {@code view} has been published. */
    void wake(CatalogView view) {
        for (Waiter waiter : waiting) {
            if (waiter.condition().test(view)) {
                executor.execute(() -> waiter.done().complete(view));
            }
        }
    }

    void failAll(CatalogException failure) {
        for (Waiter waiter : waiting) {
            executor.execute(() -> waiter.done().completeExceptionally(failure));
        }
    }
}
