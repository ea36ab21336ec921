package io.tidemark.verifier;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.schema.ShardId;
import io.tidemark.verifier.report.Conclusion;
import io.tidemark.verifier.report.ShardReport;
import io.tidemark.verifier.report.VerificationDebt;
import io.tidemark.verifier.report.VerificationMode;
import io.tidemark.verifier.report.VerificationReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies a cluster round after round. A round verifies what has changed since the last one, and reads some of what is at
 * rest again; a shard in which something differed at rest is read again in every round until it does not. A shard that nobody
 * writes to gets a barrier only when it is its turn to be read again. {@link #step} is for one thread; all else for any.
 */
public final class Verifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Verifier.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Verification verification;
    private final VerifierSchedule schedule;
    private final InstantSource clock;
    private final VerifierMetrics metrics;
    private final Map<ShardId, ShardReport> last = new ConcurrentHashMap<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable Thread thread;

    /** @param verification stays the caller's to close, after this */
    public Verifier(Verification verification, VerifierSchedule schedule, InstantSource clock, MeterRegistry registry) {
        this.verification = verification;
        this.schedule = schedule;
        this.clock = clock;
        this.metrics = new VerifierMetrics(registry, clock, schedule.debtLimit(), verification.allShards(), last);
        verification.addObserver(this::take);
    }

    /** Makes a verifier that goes through its rounds on a thread of its own. */
    public static Verifier start(
            Verification verification, VerifierSchedule schedule, InstantSource clock, MeterRegistry registry) {
        Verifier verifier = new Verifier(verification, schedule, clock, registry);
        verifier.thread = Thread.ofPlatform().name("verifier").daemon().start(verifier::run);
        return verifier;
    }

    /** The last report of each shard, in order, whoever asked for it. */
    public List<ShardReport> lastReports() {
        return last.values().stream()
                .sorted(Comparator.comparing(ShardReport::shard))
                .toList();
    }

    /** Whether something differs, or too much was not verified when that was counted last, or was not counted yet. */
    public boolean alarm() {
        return metrics.alarm();
    }

    /** As {@link #alarm()}, of a debt that was just counted. */
    public boolean alarm(VerificationDebt debt) {
        return metrics.alarm(debt.oldestAge());
    }

    /** Part of the shards, 0 to 1, that were found equal when they were verified last. */
    public double coverage() {
        return metrics.coverage();
    }

    /** One round. Empty if there was nothing to verify. */
    public List<VerificationReport> step() {
        Set<ShardId> deep = shardsToScrub();
        Set<ShardId> quick = new HashSet<>(verification.changedShards());
        quick.removeAll(deep);
        List<VerificationReport> reports = Stream.of(
                        verify(VerificationMode.DEEP, deep), verify(VerificationMode.QUICK, quick))
                .flatMap(Optional::stream)
                .toList();
        metrics.owes(reports.isEmpty() ? verification.debt() : debtAfter(reports));
        return reports;
    }

    private static VerificationDebt debtAfter(List<VerificationReport> reports) {
        return reports.getLast().debt();
    }

    /** Those that were found wrong at rest, and some of those whose turn it is. */
    private Set<ShardId> shardsToScrub() {
        Set<ShardId> shards = last.values().stream()
                .filter(report -> report.mode() == VerificationMode.DEEP && report.conclusion() != Conclusion.EQUAL)
                .map(ShardReport::shard)
                .collect(Collectors.toCollection(HashSet::new));
        Instant due = clock.instant().minus(schedule.scrubInterval());
        Set<ShardId> all = verification.allShards();
        all.stream()
                .filter(shard -> !verification.mark(shard).deepAt().isAfter(due))
                .sorted(Comparator.comparing(
                        (ShardId shard) -> verification.mark(shard).deepAt()))
                .limit(schedule.scrubsPerRound(all.size()))
                .forEach(shards::add);
        return shards;
    }

    private Optional<VerificationReport> verify(VerificationMode mode, Set<ShardId> shards) {
        if (shards.isEmpty()) {
            return Optional.empty();
        }
        VerificationRequest request = new VerificationRequest(mode, schedule.heal(), shards);
        return Optional.of(verification.verify(request, VerificationListener.NONE));
    }

    /** What was found wrong at rest stays found until it is read again: a quick look does not see it. */
    private static ShardReport later(ShardReport known, ShardReport report) {
        boolean wrongAtRest = known.mode() == VerificationMode.DEEP && known.conclusion() != Conclusion.EQUAL;
        boolean blind = report.mode() == VerificationMode.QUICK && report.conclusion() == Conclusion.EQUAL;
        return wrongAtRest && blind ? known : report;
    }

    private void take(ShardReport report) {
        last.merge(report.shard(), report, Verifier::later);
        metrics.verified(report);
        if (report.conclusion() != Conclusion.EQUAL) {
            LOG.atWarn()
                    .addKeyValue("shard", report.shard())
                    .addKeyValue("verdict", report.conclusion())
                    .log("a shard is not verified: ask for a report to see what is wrong or missing");
        }
    }

    private void run() {
        try {
            while (!stop.await(schedule.interval().toMillis(), TimeUnit.MILLISECONDS)) {
                stepSafely();
            }
        } catch (InterruptedException e) {
            // Only close interrupts.
            LOG.atDebug().log("interrupted");
        }
    }

    private void stepSafely() {
        try {
            step();
        } catch (RuntimeException e) {
            if (stop.getCount() > 0) {
                LOG.atError().setCause(e).log("a round of verification failed; the next one comes");
                metrics.owes(VerificationDebt.UNKNOWN);
            }
        }
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        stop.countDown();
        Thread running = thread;
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            running.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
