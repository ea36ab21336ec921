package io.tidemark.materializer.streams;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets records gather in the log for a moment while nobody waits for this node to apply any: what a poll costs hardly depends on how
 * many records it brings. Whoever comes to wait ends the moment at once. Thread-safe.
 */
public final class Gathering {
    /** By how much a replica for which nobody waits may lag for it. */
    public static final Duration PAUSE = Duration.ofMillis(5);

    private final Duration pause;
    private final AtomicLong arrivals = new AtomicLong();
    private final AtomicLong departures = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    /** Counted before the arrivals are looked at, which are counted before this is. */
    private final AtomicInteger pausing = new AtomicInteger();

    /** @param pause of a poll, at most */
    public Gathering(Duration pause) {
        this.pause = pause;
    }

    /** Somebody waits from now on, until {@link #depart} is told. */
    public void arrive() {
        arrivals.incrementAndGet();
        if (pausing.get() > 0) {
            lock.lock();
            try {
                arrived.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** As many do not wait any more. */
    public void depart(int count) {
        departures.addAndGet(count);
    }

    /**
     * Returns after the pause, or as soon as somebody waits; at once if somebody does, or came since {@code seen} was returned:
     * with a single caller there is always one gone and the next to come.
     *
     * @param seen what this thread's call before returned, or 0
     * @throws InterruptedException as soon as the thread is interrupted
     */
    public long pause(long seen) throws InterruptedException {
        if (!isAwaited(seen)) {
            pauseUntilAwaited(seen);
        }
        return arrivals.get();
    }

    private boolean isAwaited(long seen) {
        long arrivedSoFar = arrivals.get();
        return arrivedSoFar != seen || arrivedSoFar != departures.get();
    }

    private void pauseUntilAwaited(long seen) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            pausing.incrementAndGet();
            long left = TimeUnit.NANOSECONDS.convert(pause);
            while (left > 0 && !isAwaited(seen)) {
                left = arrived.awaitNanos(left);
            }
        } finally {
            pausing.decrementAndGet();
            lock.unlock();
        }
    }
}
