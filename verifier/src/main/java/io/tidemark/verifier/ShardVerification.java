package io.tidemark.verifier;

import io.tidemark.client.ClusterNodes.ZoneNodes;
import io.tidemark.log.LogException;
import io.tidemark.materializer.store.RocksResources;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.command.BarrierKind;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.verifier.compare.Comparison;
import io.tidemark.verifier.compare.ZoneAnswer;
import io.tidemark.verifier.compare.ZoneReplica;
import io.tidemark.verifier.reference.ArchiveWalk;
import io.tidemark.verifier.reference.ReferenceCheck;
import io.tidemark.verifier.reference.ReferenceReplica;
import io.tidemark.verifier.report.ArchiveReport;
import io.tidemark.verifier.report.ReplicaReport;
import io.tidemark.verifier.report.ShardReport;
import io.tidemark.verifier.report.Suspect;
import io.tidemark.verifier.report.Verdict;
import io.tidemark.verifier.report.VerificationMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Verifies one shard: barrier, digests of all zones, archive and reference, comparison, drill-down. Used by one thread. */
final class ShardVerification {
    /** With a new barrier where a replica has let go of its state at the first. */
    private static final int MAX_ATTEMPTS = 2;

    private final ShardId shard;
    private final VerificationMode mode;
    private final VerifiedCluster cluster;
    private final VerifierSettings settings;
    private final RocksResources resources;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final VerificationListener listener;

    ShardVerification(
            ShardId shard,
            VerificationMode mode,
            VerifiedCluster cluster,
            VerifierSettings settings,
            RocksResources resources,
            InstantSource clock,
            LongSupplier nanoTime,
            RandomGenerator random,
            VerificationListener listener) {
        this.shard = shard;
        this.mode = mode;
        this.cluster = cluster;
        this.settings = settings;
        this.resources = resources;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.random = random;
        this.listener = listener;
    }

    ShardReport run() {
        listener.started(shard);
        Instant startedAt = clock.instant();
        long start = nanoTime.getAsLong();
        Findings findings = attempt();
        for (int attempts = 1; attempts < MAX_ATTEMPTS && findings.expired(); attempts++) {
            listener.waiting(shard, "a new barrier: a replica has let go of its state at the last one");
            findings = attempt();
        }
        ShardReport report = new ShardReport(
                shard,
                mode,
                findings.barrier(),
                findings.archive(),
                findings.replicas(),
                List.of(),
                startedAt,
                Duration.ofNanos(nanoTime.getAsLong() - start));
        listener.finished(report);
        return report;
    }

    private record Findings(
            Optional<Lsn> barrier, ArchiveReport archive, List<ReplicaReport> replicas, boolean expired) {}

    private Findings attempt() {
        Lsn barrier;
        try {
            barrier = appendBarrier();
        } catch (LogException | CancellationException e) {
            return withoutBarrier("no barrier could be appended to the log: " + e.getMessage());
        }
        listener.barrierAppended(shard, barrier);
        try (ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();
                ReferenceCheck check = referenceCheck(barrier)) {
            SortedMap<Zone, Future<ZoneAnswer>> asked = ask(barrier, asking);
            ReferenceCheck.Result reference = check.run(barrier.next(), mode);
            SortedMap<Zone, ZoneAnswer> answers = collect(asked);
            SortedMap<Zone, Verdict> verdicts = compare(barrier, reference, answers);
            if (suspectsReference(verdicts) && reference.archive().rebuilt().isEmpty()) {
                listener.waiting(shard, "the reference to be built again, since all zones differ from it");
                reference = check.rebuild(barrier.next(), "all zones differed from it");
                verdicts = compare(barrier, reference, answers);
            }
            List<ReplicaReport> replicas = report(barrier, check, reference, answers, verdicts);
            return new Findings(Optional.of(barrier), reference.archive(), replicas, anyExpired(answers));
        }
    }

    private Findings withoutBarrier(String reason) {
        List<ReplicaReport> replicas = new ArrayList<>();
        for (ZoneNodes zone : cluster.nodes().zones()) {
            replicas.add(ReplicaReport.without(zone.zone(), new Verdict.Unknown(reason), Duration.ZERO));
        }
        return new Findings(Optional.empty(), ArchiveReport.of(new Verdict.Unknown(reason)), replicas, false);
    }

    private Lsn appendBarrier() {
        Envelope envelope = Envelope.of(RequestId.random(random), new Command.Barrier(BarrierKind.VERIFY));
        try {
            return cluster.log()
                    .append(shard, WalCodec.encodeControl(envelope))
                    .toCompletableFuture()
                    .get(settings.appendTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LogException failure) {
                throw failure;
            }
            throw new IllegalStateException("the log failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new LogException(
                    LogException.Kind.UNAVAILABLE,
                    "no answer within " + settings.appendTimeout().toSeconds() + " s",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while appending the barrier");
        }
    }

    private SortedMap<Zone, Future<ZoneAnswer>> ask(Lsn barrier, ExecutorService asking) {
        SortedMap<Zone, Future<ZoneAnswer>> asked = new TreeMap<>();
        boolean deep = mode == VerificationMode.DEEP;
        for (ZoneNodes zone : cluster.nodes().zones()) {
            asked.put(zone.zone(), asking.submit(() -> replica(zone).digest(barrier, deep, settings.digestTimeout())));
        }
        return asked;
    }

    private ZoneReplica replica(ZoneNodes zone) {
        return new ZoneReplica(shard, zone, settings.zonePatience(), nanoTime);
    }

    /** Waits for the zones, each of which answers in a bounded time. */
    private SortedMap<Zone, ZoneAnswer> collect(SortedMap<Zone, Future<ZoneAnswer>> asked) {
        SortedMap<Zone, ZoneAnswer> answers = new TreeMap<>();
        asked.forEach((zone, future) -> {
            if (!future.isDone()) {
                listener.waiting(shard, "zone " + zone + " to read its replica");
            }
            answers.put(zone, await(future));
        });
        return answers;
    }

    private static ZoneAnswer await(Future<ZoneAnswer> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            return new ZoneAnswer.Silent(NodeException.Kind.TIMEOUT, "the verification was interrupted", Duration.ZERO);
        } catch (ExecutionException e) {
            return new ZoneAnswer.Silent(NodeException.Kind.INTERNAL, "unexpected: " + e.getCause(), Duration.ZERO);
        }
    }

    private static SortedMap<Zone, Verdict> compare(
            Lsn barrier, ReferenceCheck.Result reference, SortedMap<Zone, ZoneAnswer> answers) {
        return reference
                .digest()
                .map(digest -> Comparison.withReference(barrier.next(), digest, answers))
                .orElseGet(() -> Comparison.withoutReference(barrier.next(), reference.why(), answers));
    }

    private static boolean suspectsReference(SortedMap<Zone, Verdict> verdicts) {
        return verdicts.values().stream()
                .anyMatch(verdict ->
                        verdict instanceof Verdict.Different different && different.suspect() == Suspect.REFERENCE);
    }

    private static boolean anyExpired(SortedMap<Zone, ZoneAnswer> answers) {
        return answers.values().stream()
                .anyMatch(answer ->
                        answer instanceof ZoneAnswer.Silent silent && silent.kind() == NodeException.Kind.EXPIRED);
    }

    private List<ReplicaReport> report(
            Lsn barrier,
            ReferenceCheck check,
            ReferenceCheck.Result reference,
            SortedMap<Zone, ZoneAnswer> answers,
            SortedMap<Zone, Verdict> verdicts) {
        List<ReplicaReport> reports = new ArrayList<>();
        for (ZoneNodes zone : cluster.nodes().zones()) {
            ZoneAnswer answer = answers.get(zone.zone());
            Verdict verdict = verdicts.get(zone.zone());
            if (answer == null || verdict == null) {
                throw new IllegalStateException("zone " + zone.zone() + " was not compared");
            }
            if (reference.digest().isPresent()
                    && verdict instanceof Verdict.Different different
                    && !different.lanes().isEmpty()) {
                listener.waiting(shard, "the items of zone " + zone.zone() + " that differ");
                verdict = different.withItems(
                        replica(zone).drillDown(barrier, different.lanes(), check.snapshot(), different.damage()));
            }
            ReplicaReport report = describe(zone.zone(), answer, verdict);
            listener.compared(shard, report);
            reports.add(report);
        }
        return reports;
    }

    private static ReplicaReport describe(Zone zone, ZoneAnswer answer, Verdict verdict) {
        return switch (answer) {
            case ZoneAnswer.Digested digested ->
                new ReplicaReport(
                        zone,
                        verdict,
                        Optional.of(digested.result().digest().nextLsn()),
                        Optional.of(digested.result().digest().stateHash()),
                        digested.result().digest().itemCount(),
                        answer.duration());
            case ZoneAnswer.Unreadable ignored -> ReplicaReport.without(zone, verdict, answer.duration());
            case ZoneAnswer.Silent ignored -> ReplicaReport.without(zone, verdict, answer.duration());
        };
    }

    private ReferenceCheck referenceCheck(Lsn barrier) {
        ArchiveWalk.Progress progress = new ArchiveWalk.Progress() {
            @Override
            public void checked(Lsn end) {
                listener.archiveChecked(shard, end, barrier.next());
            }

            @Override
            public void waiting(Lsn end) {
                listener.waiting(shard, "the archive to get from LSN " + end + " to the barrier at LSN " + barrier);
            }
        };
        return new ReferenceCheck(
                cluster.store(),
                shard,
                () -> ReferenceReplica.open(
                        shard, ReferenceFolders.of(settings.dataDirectory(), shard), resources, clock),
                settings.archiveTimeout(),
                nanoTime,
                progress);
    }
}
