package io.tidemark.catalog.expiry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What a control process tells of its searches for expired items. */
final class ExpiryMetrics {
    private static final double NANOS = 1e9;

    private final Counter scanned;
    private final Counter deleted;
    private final Counter failures;
    private final AtomicLong lastPassNanos = new AtomicLong();

    ExpiryMetrics(MeterRegistry registry) {
        scanned = Counter.builder("tidemark.expiry.scanned.items")
                .description("Items that were looked at for whether they have expired")
                .register(registry);
        deleted = Counter.builder("tidemark.expiry.deleted.items")
                .description("Expired items that this process deleted")
                .register(registry);
        failures = Counter.builder("tidemark.expiry.failures")
                .description("Searches of a table that were given up; the next one begins anew")
                .register(registry);
        Gauge.builder("tidemark.expiry.last.pass.seconds", lastPassNanos, nanos -> nanos.get() / NANOS)
                .description("What the last search of all tables took; 0 before the first")
                .strongReference(true)
                .register(registry);
    }

    void page(TableExpiry.Page page) {
        scanned.increment(page.scanned());
        deleted.increment(page.deleted());
    }

    void failed() {
        failures.increment();
    }

    void passed(Duration duration) {
        lastPassNanos.set(duration.toNanos());
    }
}
