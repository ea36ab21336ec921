package io.tidemark.catalog.expiry;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Spreads work over time: what was done takes the time that it may take. Not thread-safe. */
final class Pace {
    private static final double NANOS = 1e9;

    private final LongSupplier nanoTime;
    private long freeAtNanos;

    /** @param nanoTime monotonic, as {@link System#nanoTime} */
    Pace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.freeAtNanos = nanoTime.getAsLong();
    }

    /**
     * Notes work that has begun since the last call and may take {@code seconds}.
     *
     * @return how long to wait before the next work; time that was not used is not made up for
     */
    Duration spend(double seconds) {
        long now = nanoTime.getAsLong();
        freeAtNanos += (long) (seconds * NANOS);
        if (freeAtNanos - now < 0) {
            freeAtNanos = now;
        }
        return Duration.ofNanos(freeAtNanos - now);
    }
}
