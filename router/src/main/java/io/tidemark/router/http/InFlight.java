package io.tidemark.router.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds what is under way by number and by bytes. Thread-safe; entering never waits. */
final class InFlight {
    private final int maxRequests;
    private final long maxBytes;
    private final Semaphore requests;
    private final AtomicLong bytes = new AtomicLong();

    InFlight(int maxRequests, long maxBytes) {
        this.maxRequests = maxRequests;
        this.maxBytes = maxBytes;
        requests = new Semaphore(maxRequests);
    }

    /** @return whether there was room; then {@link #leave} must follow, once */
    boolean tryEnter() {
        return requests.tryAcquire();
    }

    void leave() {
        requests.release();
    }

    /** @return whether there was room; then as many bytes must be given back */
    boolean tryReserve(long sizeBytes) {
        if (bytes.addAndGet(sizeBytes) <= maxBytes) {
            return true;
        }
        bytes.addAndGet(-sizeBytes);
        return false;
    }

    /** Of what is there already, and must be counted whether there was room or not. */
    void reserve(long sizeBytes) {
        bytes.addAndGet(sizeBytes);
    }

    void release(long sizeBytes) {
        bytes.addAndGet(-sizeBytes);
    }

    int requests() {
        return maxRequests - requests.availablePermits();
    }

    long bytes() {
        return bytes.get();
    }

    /** Waits until nothing is under way, a bounded time; nothing may enter any more. */
    void awaitNone(Duration timeout) {
        try {
            if (requests.tryAcquire(maxRequests, timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                requests.release(maxRequests);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
