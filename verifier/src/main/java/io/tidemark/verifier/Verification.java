package io.tidemark.verifier;

import io.tidemark.materializer.store.RocksResources;
import io.tidemark.schema.ShardId;
import io.tidemark.verifier.compare.ZoneReplica;
import io.tidemark.verifier.report.ArchiveReport;
import io.tidemark.verifier.report.ReplicaReport;
import io.tidemark.verifier.report.ShardReport;
import io.tidemark.verifier.report.Verdict;
import io.tidemark.verifier.report.VerificationDebt;
import io.tidemark.verifier.report.VerificationMode;
import io.tidemark.verifier.report.VerificationReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies a cluster: every replica against every other and against a reference that is rebuilt from the archive alone, and
 * the archive itself. Whatever could not be looked at is reported as unknown, with the reason; a verification does not fail.
 * Thread-safe: one verification at a time, others wait for it.
 */
public final class Verification implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Verification.class);

    private final VerifiedCluster cluster;
    private final VerifierSettings settings;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final SplittableGenerator random;
    private final RocksResources resources;
    private final VerifiedLedger ledger;
    private final DebtCount debt;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Consumer<ShardReport>> observers = new CopyOnWriteArrayList<>();
    private boolean closed;

    /**
     * @param nanoTime monotonic, as {@link System#nanoTime}
     * @param random gives the barriers' request ids; used by nobody else from now on
     */
    public Verification(
            VerifiedCluster cluster,
            VerifierSettings settings,
            InstantSource clock,
            LongSupplier nanoTime,
            SplittableGenerator random) {
        this.cluster = cluster;
        this.settings = settings;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.random = random;
        this.resources = new RocksResources(settings.stores());
        this.ledger = new VerifiedLedger(settings.dataDirectory());
        this.debt = new DebtCount(cluster, clock);
    }

    /**
     * @throws IllegalArgumentException if the cluster has no such shard
     * @throws IllegalStateException if this is closed
     */
    public VerificationReport verify(VerificationRequest request, VerificationListener listener) {
        SortedSet<ShardId> shards = shards(request);
        lock.lock();
        try {
            requireOpen();
            Instant startedAt = clock.instant();
            long start = nanoTime.getAsLong();
            List<ShardReport> found = verifyAll(shards, request.mode(), listener);
            List<ShardReport> reports = new ArrayList<>();
            for (ShardReport report : found) {
                ShardReport last = request.heal() ? heal(report, listener) : report;
                ledger.note(last);
                observers.forEach(observer -> observer.accept(last));
                reports.add(last);
            }
            return new VerificationReport(
                    request.mode(),
                    startedAt,
                    Duration.ofNanos(nanoTime.getAsLong() - start),
                    cluster.log().shardCount(),
                    reports,
                    debt());
        } finally {
            lock.unlock();
        }
    }

    /** From now on the observer gets every shard's report, whoever asked for it. Must not throw. */
    void addObserver(Consumer<ShardReport> observer) {
        observers.add(observer);
    }

    /** What the log holds now and no verification has covered. Blocks while the log is asked. */
    public VerificationDebt debt() {
        return debt.total(allShards(), ledger);
    }

    VerifiedMark mark(ShardId shard) {
        return ledger.mark(shard);
    }

    /** The shards of which the log holds something that no verification has covered, or does not answer. */
    SortedSet<ShardId> changedShards() {
        SortedSet<ShardId> changed = new TreeSet<>();
        debt.ends(allShards()).forEach((shard, end) -> {
            if (end.isEmpty() || end.get().isAfter(ledger.mark(shard).end())) {
                changed.add(shard);
            }
        });
        return changed;
    }

    SortedSet<ShardId> allShards() {
        SortedSet<ShardId> shards = new TreeSet<>();
        for (int shard = 0; shard < cluster.log().shardCount(); shard++) {
            shards.add(new ShardId(shard));
        }
        return shards;
    }

    /**
     * The shards that a request means.
     *
     * @throws IllegalArgumentException if the cluster has no such shard
     */
    public SortedSet<ShardId> shards(VerificationRequest request) {
        SortedSet<ShardId> all = allShards();
        if (request.shards().isEmpty()) {
            return all;
        }
        SortedSet<ShardId> wanted = new TreeSet<>(request.shards());
        if (!all.containsAll(wanted)) {
            throw new IllegalArgumentException("there is no such shard: "
                    + wanted.stream().filter(shard -> !all.contains(shard)).toList() + "; the cluster has shards 0 to "
                    + (all.size() - 1));
        }
        return wanted;
    }

    private List<ShardReport> verifyAll(
            SortedSet<ShardId> shards, VerificationMode mode, VerificationListener listener) {
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.min(settings.parallelShards(), shards.size()),
                Thread.ofPlatform().daemon().name("verifier-", 0).factory());
        try {
            List<Future<ShardReport>> running = new ArrayList<>();
            for (ShardId shard : shards) {
                SplittableGenerator ownRandom = random.split();
                running.add(threads.submit(() -> verify(shard, mode, ownRandom, listener)));
            }
            List<ShardReport> reports = new ArrayList<>();
            for (Future<ShardReport> future : running) {
                reports.add(await(future));
            }
            return reports;
        } finally {
            // Nobody may use the stores' memory after this returns, even if it is interrupted.
            threads.shutdownNow();
            threads.close();
        }
    }

    private static ShardReport await(Future<ShardReport> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the verification was interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the verifier's thread has died", e.getCause());
        }
    }

    private ShardReport verify(
            ShardId shard, VerificationMode mode, SplittableGenerator ownRandom, VerificationListener listener) {
        Instant startedAt = clock.instant();
        long start = nanoTime.getAsLong();
        try {
            return new ShardVerification(
                            shard, mode, cluster, settings, resources, clock, nanoTime, ownRandom, listener)
                    .run();
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("shard", shard).setCause(e).log("a shard could not be verified");
            Verdict unknown = new Verdict.Unknown("the verifier failed, which is a bug; see its log: " + e);
            List<ReplicaReport> replicas = cluster.nodes().zones().stream()
                    .map(zone -> ReplicaReport.without(zone.zone(), unknown, Duration.ZERO))
                    .toList();
            ShardReport report = new ShardReport(
                    shard,
                    mode,
                    Optional.empty(),
                    ArchiveReport.of(unknown),
                    replicas,
                    List.of(),
                    startedAt,
                    Duration.ofNanos(nanoTime.getAsLong() - start));
            listener.finished(report);
            return report;
        }
    }

    private ShardReport heal(ShardReport report, VerificationListener listener) {
        return new Healing(
                        cluster,
                        settings.healTimeout(),
                        zone -> new ZoneReplica(
                                report.shard(), cluster.nodes().zone(zone), settings.zonePatience(), nanoTime),
                        () -> verify(report.shard(), report.mode(), random.split(), listener),
                        nanoTime,
                        listener)
                .heal(report);
    }

    /** Waits for a verification under way. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                resources.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the verifier is closed");
        }
    }
}
