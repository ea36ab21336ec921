package io.tidemark.client;

import io.tidemark.schema.RequestId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** The operations under way: bounded in number, and failed when the client closes. Thread-safe. */
final class Operations implements AutoCloseable {
    private final int maxInFlight;
    private final Semaphore permits;
    private final Set<Operation<?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Operations(int maxInFlight) {
        this.maxInFlight = maxInFlight;
        this.permits = new Semaphore(maxInFlight);
    }

    /**
     * Begins an operation if there is room.
     *
     * @param requestId of a write, for the message if the client closes meanwhile
     * @return fails with an {@link UnavailableException} where there is no room; its failures are never wrapped twice
     */
    <T> CompletableFuture<T> run(Optional<RequestId> requestId, Supplier<CompletableFuture<T>> operation) {
        if (!permits.tryAcquire()) {
            return CompletableFuture.failedFuture(new UnavailableException(
                    maxInFlight + " operations are under way already; wait for some of them",
                    List.of(),
                    requestId,
                    false));
        }
        Operation<T> begun = new Operation<>(requestId);
        open.add(begun);
        CompletionStage<T> result = begun.result;
        result.whenComplete((value, failure) -> {
            open.remove(begun);
            permits.release();
        });
        if (closed) {
            begun.failClosed();
        } else {
            begun.follow(operation);
        }
        return begun.result;
    }

    /** Equal to itself alone. */
    private static final class Operation<T> {
        private final Optional<RequestId> requestId;
        private final CompletableFuture<T> result = new CompletableFuture<>();

        Operation(Optional<RequestId> requestId) {
            this.requestId = requestId;
        }

        void follow(Supplier<CompletableFuture<T>> operation) {
            try {
                CompletionStage<T> stage = operation.get();
                stage.whenComplete((value, failure) -> {
                    if (failure == null) {
                        result.complete(value);
                    } else {
                        result.completeExceptionally(unwrapped(failure));
                    }
                });
            } catch (RuntimeException e) {
                result.completeExceptionally(new InternalErrorException("the operation could not be begun: " + e, e));
            }
        }

        void failClosed() {
            result.completeExceptionally(new UnavailableException(
                    "the client has been closed", List.of(), requestId, requestId.isPresent()));
        }
    }

    static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(Operation::failClosed);
    }
}
