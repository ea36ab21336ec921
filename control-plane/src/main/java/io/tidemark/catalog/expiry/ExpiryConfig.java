package io.tidemark.catalog.expiry;

import io.tidemark.schema.node.NodeRequest;
import java.time.Duration;

/**
 * How eagerly expired items are searched for. Each control process does so on its own.
 *
 * @param interval between the end of a search and the beginning of the next; a random quarter more or less, so that processes do
 *     not walk in step
 * @param scannedPerSecond items that are looked at
 * @param deletedPerSecond items that are deleted
 * @param pageItems items that one request looks at, at most
 * @param deletesInFlight at most
 */
public record ExpiryConfig(
        Duration interval, int scannedPerSecond, int deletedPerSecond, int pageItems, int deletesInFlight) {
    /** An item goes within half a minute from a table of some hundred thousand items. */
    public static final ExpiryConfig DEFAULT = of(Duration.ofSeconds(20), 20_000, 1_000);

    public ExpiryConfig {
        if (!interval.isPositive() || interval.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("interval must be positive and at most a day: " + interval);
        }
        if (scannedPerSecond < 1 || deletedPerSecond < 1 || deletesInFlight < 1) {
            throw new IllegalArgumentException(
                    "scannedPerSecond, deletedPerSecond and deletesInFlight must be positive: " + scannedPerSecond
                            + ", " + deletedPerSecond + ", " + deletesInFlight);
        }
        if (pageItems < 1 || pageItems > NodeRequest.MAX_PAGE_ITEMS) {
            throw new IllegalArgumentException(
                    "pageItems must be 1 to " + NodeRequest.MAX_PAGE_ITEMS + ": " + pageItems);
        }
    }

    public static ExpiryConfig of(Duration interval, int scannedPerSecond, int deletedPerSecond) {
        return new ExpiryConfig(interval, scannedPerSecond, deletedPerSecond, 1_000, 32);
    }
}
