package io.tidemark.materializer.query;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Bounds what is under way by number and by bytes. Thread-safe; entering never waits. */
final class InFlight {
    private final int maxRequests;
    private final Semaphore requests;
    private final Semaphore bytes;

    InFlight(int maxRequests, int maxBytes) {
        this.maxRequests = maxRequests;
        requests = new Semaphore(maxRequests);
        bytes = new Semaphore(maxBytes);
    }

    /** @return whether there was room; then {@link #leave} must follow, once, with the same size */
    boolean tryEnter(int sizeBytes) {
        if (!requests.tryAcquire()) {
            return false;
        }
        if (!bytes.tryAcquire(sizeBytes)) {
            requests.release();
            return false;
        }
        return true;
    }

    void leave(int sizeBytes) {
        bytes.release(sizeBytes);
        requests.release();
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
