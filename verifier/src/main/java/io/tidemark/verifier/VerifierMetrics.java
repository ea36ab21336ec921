package io.tidemark.verifier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.tidemark.schema.ShardId;
import io.tidemark.verifier.report.Conclusion;
import io.tidemark.verifier.report.Repair;
import io.tidemark.verifier.report.ShardReport;
import io.tidemark.verifier.report.VerificationDebt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What a verifier tells of itself. Thread-safe; gauges never block. */
final class VerifierMetrics {
    private static final String PREFIX = "tidemark.verifier.";

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Duration debtLimit;
    private final int shardCount;
    private final Map<ShardId, ShardReport> last;
    private volatile VerificationDebt debt = VerificationDebt.UNKNOWN;
    private volatile Instant debtCountedAt = Instant.EPOCH;

    /** @param last report of each shard, kept up to date by the caller; safe for concurrent use */
    VerifierMetrics(
            MeterRegistry registry,
            InstantSource clock,
            Duration debtLimit,
            Collection<ShardId> shards,
            Map<ShardId, ShardReport> last) {
        this.registry = registry;
        this.clock = clock;
        this.debtLimit = debtLimit;
        this.shardCount = shards.size();
        this.last = last;
        gauge(
                "debt.records",
                "Records in the log that no verification has covered",
                Tags.empty(),
                metrics -> metrics.debt.records().map(Long::doubleValue).orElse(Double.NaN));
        gauge(
                "debt.seconds",
                "Age of the oldest record that no verification has covered",
                Tags.empty(),
                metrics ->
                        metrics.debtAge().map(age -> age.toMillis() / 1_000.0).orElse(Double.NaN));
        gauge(
                "coverage",
                "Part of the shards that were found equal when they were verified last",
                Tags.empty(),
                VerifierMetrics::coverage);
        gauge(
                "alarm",
                "1 while something differs, or the debt is above its limit or unknown",
                Tags.empty(),
                metrics -> metrics.alarm() ? 1 : 0);
        shards.forEach(this::addShard);
    }

    private void addShard(ShardId shard) {
        Tags tags = Tags.of("shard", shard.toString());
        gauge(
                "different",
                "Replicas, and the archive, that differed when the shard was verified last",
                tags,
                metrics -> metrics.count(shard, Conclusion.DIFFERENT));
        gauge(
                "unknown",
                "Replicas, and the archive, that could not be checked when the shard was verified last",
                tags,
                metrics -> metrics.count(shard, Conclusion.UNKNOWN));
        gauge(
                "barrier.lsn",
                "Where the shard was verified last",
                tags,
                metrics -> Optional.ofNullable(metrics.last.get(shard))
                        .flatMap(ShardReport::barrier)
                        .map(lsn -> (double) lsn.offset())
                        .orElse(Double.NaN));
    }

    private void gauge(String name, String description, Tags tags, ToDoubleFunction<VerifierMetrics> value) {
        Gauge.builder(PREFIX + name, this, value)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    void verified(ShardReport report) {
        String verdict = report.conclusion().name().toLowerCase(Locale.ROOT);
        counter("verifications", "Verifications of a shard", Tags.of("verdict", verdict))
                .increment();
        counter("segments", "Segments that were read and checked", Tags.empty())
                .increment((double) report.archive().segments());
        counter("records", "Records in those segments", Tags.empty())
                .increment((double) report.archive().records());
        for (Repair repair : report.repairs()) {
            Tags tags = Tags.of("succeeded", Boolean.toString(repair.succeeded()));
            counter("repairs", "Replicas that were set aside to be rebuilt", tags)
                    .increment();
        }
        Timer.builder(PREFIX + "duration")
                .description("Time that one shard's verification takes")
                .tags("mode", report.mode().name().toLowerCase(Locale.ROOT))
                .register(registry)
                .record(report.duration());
    }

    void owes(VerificationDebt newDebt) {
        debtCountedAt = clock.instant();
        debt = newDebt;
    }

    private Counter counter(String name, String description, Tags tags) {
        return Counter.builder(PREFIX + name)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    /** Grows as time goes by, until it is counted again. */
    private Optional<Duration> debtAge() {
        return debt.oldestAge()
                .map(age -> age.isZero() ? age : age.plus(Duration.between(debtCountedAt, clock.instant())));
    }

    double coverage() {
        long equal = last.values().stream()
                .filter(report -> report.conclusion() == Conclusion.EQUAL)
                .count();
        return (double) equal / shardCount;
    }

    private double count(ShardId shard, Conclusion conclusion) {
        ShardReport report = last.get(shard);
        if (report == null) {
            return Double.NaN;
        }
        long replicas = report.replicas().stream()
                .filter(replica -> replica.verdict().conclusion() == conclusion)
                .count();
        boolean archive = report.archive().verdict().conclusion() == conclusion;
        return archive ? replicas + 1.0 : replicas;
    }

    boolean alarm() {
        return alarm(debtAge());
    }

    /** @param owedFor age of the oldest unverified record; empty if that is not known */
    boolean alarm(Optional<Duration> owedFor) {
        boolean different = last.values().stream().anyMatch(report -> report.conclusion() == Conclusion.DIFFERENT);
        return different || owedFor.map(age -> age.compareTo(debtLimit) > 0).orElse(true);
    }
}
