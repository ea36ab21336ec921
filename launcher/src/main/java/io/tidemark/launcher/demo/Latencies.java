package io.tidemark.launcher.demo;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** Samples of how long something took; a fixed number of them, later ones are not kept. Thread-safe for adding. */
final class Latencies {
    private final long[] nanos;
    private final AtomicInteger count = new AtomicInteger();

    Latencies(int capacity) {
        this.nanos = new long[capacity];
    }

    void add(long sampleNanos) {
        int index = count.getAndIncrement();
        if (index < nanos.length) {
            nanos[index] = sampleNanos;
        }
    }

    /**
     * The sample that {@code share} of all samples do not exceed; zero if there is none. Call it when nobody adds any more.
     *
     * @param share 0 to 1
     */
    Duration percentile(double share) {
        int size = Math.min(count.get(), nanos.length);
        if (size == 0) {
            return Duration.ZERO;
        }
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return Duration.ofNanos(sorted[Math.clamp((int) Math.ceil(share * size) - 1, 0, size - 1)]);
    }
}
