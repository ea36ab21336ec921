package io.tidemark.client;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * How many requests of a bulk load may be under way: as many as the cluster answers in time. A cluster that is asked for more than it
 * can do answers late, requests are given up and sent to other zones, and so it is asked for more still; this stops that.
 *
 * <p>The window begins small and doubles with each round of answers, up to the first late one. A late answer halves it; from then on
 * it grows by one a round (TCP's slow start and congestion avoidance, RFC 5681, with lateness in place of loss). Thread-safe.
 */
public final class InFlightWindow {
    /** Of the answers that count as in time; a third of what an attempt at one node is given by default. */
    public static final Duration DEFAULT_LATE = Duration.ofMillis(500);

    static final int LEAST = 8;

    private final int greatest;
    private final long lateNanos;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by the lock, as what follows. */
    private double limit;

    private boolean slowStart = true;
    private long halvedNanos;
    private int inFlight;

    /**
     * @param greatest size that it grows to
     * @param late an answer that takes longer is late
     * @param nanoTime as {@link System#nanoTime}
     */
    public InFlightWindow(int greatest, Duration late, LongSupplier nanoTime) {
        if (greatest < 1 || !late.isPositive()) {
            throw new IllegalArgumentException("a window needs room and time: " + greatest + ", " + late);
        }
        this.greatest = greatest;
        this.lateNanos = late.toNanos();
        this.nanoTime = nanoTime;
        this.limit = Math.min(LEAST, greatest);
        this.halvedNanos = nanoTime.getAsLong();
    }

    /** Waits for a place and takes it; false if there was none for so long. */
    public boolean enter(Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long remainingNanos = timeout.toNanos();
            while (inFlight >= (int) limit) {
                if (remainingNanos <= 0) {
                    return false;
                }
                remainingNanos = changed.awaitNanos(remainingNanos);
            }
            inFlight++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives the place back.
     *
     * @param tookNanos from the request's begin to its answer
     */
    public void leave(long tookNanos) {
        lock.lock();
        try {
            inFlight--;
            if (tookNanos > lateNanos) {
                late();
            } else {
                limit = Math.min(greatest, limit + (slowStart ? 1 : 1 / limit));
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until every place is free again; false if no more became free for so long. */
    public boolean awaitEmpty(Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            int before = inFlight;
            long remainingNanos = timeout.toNanos();
            while (inFlight > 0) {
                if (inFlight < before) {
                    before = inFlight;
                    remainingNanos = timeout.toNanos();
                }
                if (remainingNanos <= 0) {
                    return false;
                }
                remainingNanos = changed.awaitNanos(remainingNanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Requests that may be under way now. */
    public int size() {
        lock.lock();
        try {
            return (int) limit;
        } finally {
            lock.unlock();
        }
    }

    /** Once for all answers that were under way together. */
    private void late() {
        long now = nanoTime.getAsLong();
        if (slowStart || now - halvedNanos > lateNanos) {
            slowStart = false;
            halvedNanos = now;
            limit = Math.max(Math.min(LEAST, greatest), limit / 2);
        }
    }
}
