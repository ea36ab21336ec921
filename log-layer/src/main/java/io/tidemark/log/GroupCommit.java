package io.tidemark.log;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Sends the appends of a log together while they come fast, and each at once while they do not.
 *
 * <p>What a request costs hardly depends on its size: the request to produce, two fetches by followers, one by each zone. The
 * producer alone gathers what comes while its last request is under way, which on a busy machine gives many small ones, whose costs
 * make it busier still. So once {@value #MIN_GATHERED} appends came within an interval, to whichever shards, those of the next one
 * wait for its end: they go to each broker in one request. A few callers never wait.
 *
 * <p>The order of appends is kept. Thread-safe; never blocks.
 */
final class GroupCommit {
    /** Appends in an interval from which on waiting pays. */
    static final int MIN_GATHERED = 64;

    private final long intervalNanos;
    private final long maxBytes;
    private final LongSupplier nanoTime;
    private final Consumer<Runnable> afterInterval;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean gathering;
    private long intervalStart;
    private int appends;

    /**
     * @param interval zero sends each append at once
     * @param maxBytes what waits is sent when it has grown to this
     * @param nanoTime monotonic, as {@link System#nanoTime}
     * @param afterInterval runs a short task when the interval is over; throws a {@link RejectedExecutionException} once it is closed
     */
    GroupCommit(Duration interval, long maxBytes, LongSupplier nanoTime, Consumer<Runnable> afterInterval) {
        this.intervalNanos = interval.toNanos();
        this.maxBytes = maxBytes;
        this.nanoTime = nanoTime;
        this.afterInterval = afterInterval;
        this.intervalStart = nanoTime.getAsLong();
    }

    /** @param send hands the record to the producer: runs now or a little later, under this object's lock, and must not throw */
    synchronized void append(long sizeBytes, Runnable send) {
        long now = nanoTime.getAsLong();
        if (!gathering && now - intervalStart >= intervalNanos) {
            gathering = appends >= MIN_GATHERED && now - intervalStart < 2 * intervalNanos && scheduleEnd();
            intervalStart = now;
            appends = 0;
        }
        appends++;
        if (!gathering) {
            send.run();
            return;
        }
        waiting.add(send);
        waitingBytes += sizeBytes;
        if (waitingBytes >= maxBytes) {
            sendWaiting();
        }
    }

    private boolean scheduleEnd() {
        try {
            afterInterval.accept(this::endInterval);
            return true;
        } catch (RejectedExecutionException e) {
            return false; // Closed: what comes now is the producer's to refuse.
        }
    }

    private synchronized void endInterval() {
        sendWaiting();
        gathering = appends >= MIN_GATHERED && scheduleEnd();
        intervalStart = nanoTime.getAsLong();
        appends = 0;
    }

    private void sendWaiting() {
        for (Runnable send = waiting.poll(); send != null; send = waiting.poll()) {
            send.run();
        }
        waitingBytes = 0;
    }

    /** Sends what waits; nothing waits from then on. To be called when no task runs after an interval any more. */
    synchronized void close() {
        gathering = false;
        sendWaiting();
    }
}
