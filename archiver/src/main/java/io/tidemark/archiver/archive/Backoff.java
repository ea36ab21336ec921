package io.tidemark.archiver.archive;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Delays that double from the least to the greatest, each shortened at random by up to a half. For one thread. */
final class Backoff {
    private static final int MAX_DOUBLINGS = 20;

    private final long leastMs;
    private final long greatestMs;
    private final RandomGenerator random;
    private int failures;

    Backoff(Duration least, Duration greatest, RandomGenerator random) {
        this.leastMs = least.toMillis();
        this.greatestMs = greatest.toMillis();
        this.random = random;
    }

    /** Counts a failure and says how long to wait after it. */
    Duration next() {
        long delayMs = Math.min(greatestMs, leastMs << Math.min(failures, MAX_DOUBLINGS));
        failures++;
        return jittered(delayMs);
    }

    /** For what will not pass by itself soon. */
    Duration greatest() {
        return jittered(greatestMs);
    }

    void reset() {
        failures = 0;
    }

    private Duration jittered(long delayMs) {
        return Duration.ofMillis(Math.max(1, delayMs - (long) (random.nextDouble() * delayMs / 2)));
    }
}
