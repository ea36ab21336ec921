package io.tidemark.catalog;

import java.time.Duration;

/**
 * Limits of a control process's catalog.
 *
 * @param requestTimeout for a change or a strongly consistent read; then it fails with TIMEOUT
 * @param maxPending changes and waiting reads under way; more are refused at once
 * @param firstBackoff before a failed append or read of the log is tried again; doubles up to {@code maxBackoff}
 */
public record CatalogConfig(Duration requestTimeout, int maxPending, Duration firstBackoff, Duration maxBackoff) {

    /** Outlasts the loss of a broker that is also the active controller, which takes some seconds. */
    public static final CatalogConfig DEFAULT =
            new CatalogConfig(Duration.ofSeconds(20), 4_096, Duration.ofMillis(50), Duration.ofSeconds(5));

    public CatalogConfig {
        if (!requestTimeout.isPositive() || !firstBackoff.isPositive() || maxPending < 1) {
            throw new IllegalArgumentException("requestTimeout, firstBackoff and maxPending must be positive: "
                    + requestTimeout + ", " + firstBackoff + ", " + maxPending);
        }
        if (firstBackoff.compareTo(maxBackoff) > 0) {
            throw new IllegalArgumentException(
                    "firstBackoff " + firstBackoff + " must not be longer than maxBackoff " + maxBackoff);
        }
    }

    Backoff backoff() {
        return new Backoff(firstBackoff, maxBackoff);
    }
}
