package io.tidemark.catalog;

import java.time.Duration;

/** Pauses that double from {@code first} up to {@code max}. Immutable. */
public record Backoff(Duration first, Duration max) {
    private static final int MAX_DOUBLINGS = 30;

    /** @param failures in a row so far, at least 1 */
    public Duration after(int failures) {
        Duration pause = first.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        return pause.compareTo(max) < 0 ? pause : max;
    }
}
