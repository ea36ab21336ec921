package io.tidemark.materializer.query;

import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A few threads with a short queue: more than fits is refused at once. Thread-safe. */
final class BoundedExecutor implements AutoCloseable {
    /** What a task under way gets to see the end of its work. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final String name;
    private final ThreadPoolExecutor threads;

    BoundedExecutor(String name, int threadCount, int queueCapacity) {
        this.name = name;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                threadCount, threadCount, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queueCapacity), task -> {
                    Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.prestartAllCoreThreads();
    }

    /** Runs the task on one of the threads; what it throws, and OVERLOADED where there is no room, fails the future. */
    <T> CompletableFuture<T> submit(Supplier<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    result.complete(task.get());
                } catch (RuntimeException | Error e) {
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(
                    threads.isShutdown()
                            ? new NodeException(Kind.NOT_SERVING, "the node is closing", e)
                            : new NodeException(Kind.OVERLOADED, "too many requests wait for " + name, e));
        }
        return result;
    }

    /** Tasks that wait for a thread. */
    int queued() {
        return threads.getQueue().size();
    }

    /** Lets what is queued and under way finish, a bounded time. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
