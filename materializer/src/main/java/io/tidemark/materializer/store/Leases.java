package io.tidemark.materializer.store;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts who is using native memory, so that it is freed only when nobody is: freeing it under a reader would crash the
 * process. Thread-safe.
 */
final class Leases {
    /** Added to the count once closed. */
    private static final int CLOSED = Integer.MIN_VALUE;

    private final AtomicInteger count = new AtomicInteger();
    private final CountDownLatch freed = new CountDownLatch(1);
    private final String name;
    private final Runnable free;

    /** @param free run once, by the last user or by {@link #close} */
    Leases(String name, Runnable free) {
        this.name = name;
        this.free = free;
    }

    /** @throws StoreClosedException once {@link #close} was called */
    void acquire() {
        while (true) {
            int users = count.get();
            if (users < 0) {
                throw new StoreClosedException(name + " is closed: ask again, the replica may have moved");
            }
            if (count.compareAndSet(users, users + 1)) {
                return;
            }
        }
    }

    void release() {
        if (count.decrementAndGet() == CLOSED) {
            free();
        }
    }

    boolean isClosed() {
        return count.get() < 0;
    }

    /** Admits nobody any more and waits for the users; says whether all left in time. If not, the last one frees. */
    boolean close(Duration timeout) {
        while (true) {
            int users = count.get();
            if (users < 0) {
                break;
            }
            if (count.compareAndSet(users, users + CLOSED)) {
                if (users == 0) {
                    free();
                }
                break;
            }
        }
        try {
            return freed.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void free() {
        try {
            free.run();
        } finally {
            freed.countDown();
        }
    }
}
