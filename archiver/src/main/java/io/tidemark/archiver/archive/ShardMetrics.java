package io.tidemark.archiver.archive;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What is measured of one shard. Thread-safe; its meters leave the registry when it is closed. */
final class ShardMetrics implements AutoCloseable {
    private static final String PREFIX = "tidemark.archiver.";

    private final MeterRegistry registry;
    private final Tags tags;
    private final List<Meter> meters = new ArrayList<>();
    private final Counter segments;
    private final Counter storedBytes;
    private final Counter archivedRecords;
    private final Counter uncheckedRecords;
    private final Counter supersededSegments;
    private volatile double archivedEnd = Double.NaN;
    private volatile double logEnd = Double.NaN;

    ShardMetrics(MeterRegistry registry, ShardId shard, Supplier<ShardState> state) {
        this.registry = registry;
        this.tags = Tags.of("shard", shard.toString());
        this.segments = counter("segments", "Segments stored", "segments");
        this.storedBytes = counter("stored", "Bytes of the segments stored", "bytes");
        this.archivedRecords = counter("records", "Records in the segments stored", "records");
        this.uncheckedRecords =
                counter("records.unchecked", "Archived records without a checksum, or with a wrong one", "records");
        this.supersededSegments =
                counter("segments.superseded", "Segments thrown away because another archiver was first", "segments");
        gauge("archived.lsn", "The LSN after the last archived one", () -> archivedEnd);
        gauge("lag.records", "Records in the log that are not archived", () -> Math.max(0, logEnd - archivedEnd));
        gauge(
                "waiting",
                "1 while the object store or the log is waited for",
                () -> state.get().isWaiting() ? 1 : 0);
        gauge(
                "failed",
                "1 while log and archive do not fit or a segment is damaged",
                () -> state.get().isFailed() ? 1 : 0);
    }

    void stored(SegmentFiller.Filled filled) {
        segments.increment();
        storedBytes.increment(filled.segment().content().length());
        archivedRecords.increment((double) filled.segment().header().recordCount());
        uncheckedRecords.increment((double) filled.uncheckedRecords());
    }

    void superseded() {
        supersededSegments.increment();
    }

    /** @param cause of the failure: an exception's kind or name */
    void failed(String cause) {
        Counter failures = Counter.builder(PREFIX + "failures")
                .description("Operations of store or log that failed, and will be repeated")
                .tags(tags)
                .tag("cause", cause.toLowerCase(Locale.ROOT))
                .register(registry);
        failures.increment();
        synchronized (meters) {
            if (!meters.contains(failures)) {
                meters.add(failures);
            }
        }
    }

    void archivedTo(Lsn end) {
        archivedEnd = end.offset();
    }

    void logEndsAt(Lsn end) {
        logEnd = end.offset();
    }

    @Override
    public void close() {
        synchronized (meters) {
            meters.forEach(registry::remove);
            meters.clear();
        }
    }

    private Counter counter(String name, String description, String unit) {
        Counter counter = Counter.builder(PREFIX + name)
                .description(description)
                .baseUnit(unit)
                .tags(tags)
                .register(registry);
        meters.add(counter);
        return counter;
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        meters.add(Gauge.builder(PREFIX + name, value)
                .description(description)
                .tags(tags)
                .register(registry));
    }
}
