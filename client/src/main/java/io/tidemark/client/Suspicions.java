package io.tidemark.client;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Remembers for a short while what failed, so that it is tried last. When the time is over, one caller alone is let through to
 * look, and the others keep avoiding it until that one succeeded. Thread-safe; bounded by the number of distinct keys.
 */
final class Suspicions<K> {
    private final ConcurrentMap<K, Long> untilNanos = new ConcurrentHashMap<>();
    private final Duration duration;
    private final LongSupplier nanoTime;

    /** @param nanoTime monotonic, as {@link System#nanoTime} */
    Suspicions(Duration duration, LongSupplier nanoTime) {
        this.duration = duration;
        this.nanoTime = nanoTime;
    }

    void add(K key) {
        untilNanos.put(key, nanoTime.getAsLong() + duration.toNanos());
    }

    void clear(K key) {
        if (!untilNanos.isEmpty()) {
            untilNanos.remove(key);
        }
    }

    /** Whether this caller should try it last. A caller that is told no although something failed before is the one who looks. */
    boolean avoid(K key) {
        Long until = untilNanos.get(key);
        if (until == null) {
            return false;
        }
        long now = nanoTime.getAsLong();
        return now - until < 0 || !untilNanos.replace(key, until, now + duration.toNanos());
    }
}
