package io.tidemark.materializer.query;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import io.tidemark.schema.Zone;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of a node, by kind of work, so that long work does not hold up short work. */
final class NodeThreads implements AutoCloseable {
    /** Deadlines may be late by so much. */
    private static final Duration TIMER_TICK = Duration.ofMillis(20);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Timer timer;
    private final ThreadPoolExecutor completions;
    private final BoundedExecutor gets;
    private final BoundedExecutor pages;
    private final BoundedExecutor scrubs;

    NodeThreads(Zone zone, ReplicaNodeConfig config) {
        timer = new HashedWheelTimer(
                task -> daemon(task, "node-timer-" + zone), TIMER_TICK.toMillis(), TimeUnit.MILLISECONDS);
        completions = new ThreadPoolExecutor(
                config.completionThreads(),
                config.completionThreads(),
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> daemon(task, "node-complete-" + zone));
        gets = new BoundedExecutor("node-get-" + zone, config.getThreads(), config.queueCapacity());
        pages = new BoundedExecutor("node-page-" + zone, config.pageThreads(), config.queueCapacity());
        scrubs = new BoundedExecutor("node-scrub-" + zone, config.scrubThreads(), config.queueCapacity());
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** A wheel: nearly all deadlines are given up, and nobody must be woken for that. Nothing happens any more once it is closed. */
    Timer timer() {
        return timer;
    }

    /**
     * Runs what depends on answers. Its queue needs no bound of its own: each request under way, of which the number is
     * bounded, queues one task.
     */
    Executor completions() {
        return completions;
    }

    BoundedExecutor gets() {
        return gets;
    }

    BoundedExecutor pages() {
        return pages;
    }

    BoundedExecutor scrubs() {
        return scrubs;
    }

    /** Lets what is queued and under way finish, a bounded time. */
    @Override
    public void close() {
        var unused = timer.stop();
        gets.close();
        pages.close();
        scrubs.close();
        completions.shutdown();
        try {
            if (!completions.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                completions.shutdownNow().forEach(Runnable::run);
            }
        } catch (InterruptedException e) {
            completions.shutdownNow().forEach(Runnable::run);
            Thread.currentThread().interrupt();
        }
    }
}
