package io.tidemark.verifier;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeReply.ReplicaState;
import io.tidemark.schema.node.NodeReply.ReplicaStatus;
import io.tidemark.verifier.compare.ZoneReplica;
import io.tidemark.verifier.report.Conclusion;
import io.tidemark.verifier.report.Repair;
import io.tidemark.verifier.report.ReplicaReport;
import io.tidemark.verifier.report.ShardReport;
import io.tidemark.verifier.report.Suspect;
import io.tidemark.verifier.report.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has replicas that are wrong set aside and rebuilt, one after the other, each verified before the next. Touches nothing unless
 * the archive is whole and more than half of all zones equal the reference: else it is not the replica that is suspect. Used
 * by one thread at a time.
 */
final class Healing {
    private static final Logger LOG = LoggerFactory.getLogger(Healing.class);
    private static final Duration LOG_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

    private final VerifiedCluster cluster;
    private final Duration timeout;
    private final Function<Zone, ZoneReplica> replicas;
    private final Supplier<ShardReport> verifyAgain;
    private final LongSupplier nanoTime;
    private final VerificationListener listener;

    /**
     * @param timeout for one replica to be rebuilt
     * @param verifyAgain verifies the shard
     */
    Healing(
            VerifiedCluster cluster,
            Duration timeout,
            Function<Zone, ZoneReplica> replicas,
            Supplier<ShardReport> verifyAgain,
            LongSupplier nanoTime,
            VerificationListener listener) {
        this.cluster = cluster;
        this.timeout = timeout;
        this.replicas = replicas;
        this.verifyAgain = verifyAgain;
        this.nanoTime = nanoTime;
        this.listener = listener;
    }

    /** @return what is found after the last repair; the same report if there is nothing to heal, or if nothing may be */
    ShardReport heal(ShardReport found) {
        ShardReport report = found;
        for (int repairs = 0; repairs < cluster.nodes().zones().size(); repairs++) {
            Optional<ReplicaReport> patient = patient(report);
            if (patient.isEmpty()) {
                break;
            }
            report = heal(report, patient.get());
            if (!report.repairs().getLast().succeeded()) {
                break;
            }
        }
        return report;
    }

    /** The replica to be rebuilt next. */
    static Optional<ReplicaReport> patient(ShardReport report) {
        long equal = report.replicas().stream()
                .filter(replica -> replica.verdict().conclusion() == Conclusion.EQUAL)
                .count();
        boolean majority = 2 * equal > report.replicas().size();
        if (!report.archive().isSound() || !majority) {
            return Optional.empty();
        }
        return report.replicas().stream()
                .filter(replica -> replica.verdict() instanceof Verdict.Different different
                        && different.suspect() == Suspect.REPLICA)
                .findFirst();
    }

    private ShardReport heal(ShardReport report, ReplicaReport patient) {
        long start = nanoTime.getAsLong();
        String reason = reason(patient.verdict());
        LOG.atWarn()
                .addKeyValue("shard", report.shard())
                .addKeyValue("zone", patient.zone())
                .addKeyValue("reason", reason)
                .log("a replica is wrong: it is set aside and rebuilt");
        listener.healing(report.shard(), patient.zone(), reason);
        Rebuild rebuild = rebuild(report, patient.zone(), reason);
        ShardReport after = rebuild.failure().isPresent() ? report : verifyAgain.get();
        boolean equal = rebuild.failure().isEmpty() && isEqual(after, patient.zone());
        String detail =
                rebuild.failure().orElse(equal ? "set aside, rebuilt and found equal" : "rebuilt, but not found equal");
        Repair repair = new Repair(
                patient.zone(),
                patient.verdict(),
                equal,
                detail,
                rebuild.evidence(),
                Duration.ofNanos(nanoTime.getAsLong() - start));
        List<Repair> repairs = new ArrayList<>(report.repairs());
        repairs.add(repair);
        return after.replacingRepairs(repairs);
    }

    /**
     * What came of setting a replica aside.
     *
     * @param failure empty if the replica serves again
     * @param evidence where the node keeps what it was
     */
    private record Rebuild(Optional<String> failure, Optional<String> evidence) {
        static Rebuild failed(String failure) {
            return new Rebuild(Optional.of(failure), Optional.empty());
        }
    }

    private Rebuild rebuild(ShardReport report, Zone zone, String reason) {
        Optional<String> obstacle = obstacle(report.shard());
        if (obstacle.isPresent()) {
            return Rebuild.failed(obstacle.get());
        }
        ZoneReplica replica = replicas.apply(zone);
        try {
            replica.quarantine(reason);
        } catch (NodeException e) {
            return Rebuild.failed("zone " + zone + " did not set its replica aside: " + e.getMessage());
        }
        Lsn wanted = report.barrier().map(Lsn::next).orElse(Lsn.FIRST);
        long deadline = nanoTime.getAsLong() + timeout.toNanos();
        Optional<ReplicaStatus> status = Optional.empty();
        while (nanoTime.getAsLong() - deadline < 0) {
            status = replica.status();
            if (status.isPresent()
                    && status.get().state() == ReplicaState.SERVING
                    && !status.get().nextLsn().isBefore(wanted)) {
                return new Rebuild(Optional.empty(), status.get().evidence());
            }
            listener.waiting(report.shard(), "zone " + zone + " to rebuild its replica" + describe(status));
            pause();
        }
        return new Rebuild(
                Optional.of("not rebuilt within " + timeout.toSeconds() + " s" + describe(status)),
                status.flatMap(ReplicaStatus::evidence));
    }

    /** A replica is rebuilt from the log: that must hold all of it. */
    private Optional<String> obstacle(ShardId shard) {
        try {
            Lsn start =
                    cluster.log().start(shard).toCompletableFuture().get(LOG_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return start.equals(Lsn.FIRST)
                    ? Optional.empty()
                    : Optional.of("left as it is: the log was trimmed to LSN " + start
                            + ", a replica could not be rebuilt from it");
        } catch (ExecutionException | TimeoutException e) {
            return Optional.of("left as it is: the log does not answer, a replica is rebuilt from it: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while a replica was to be rebuilt");
        }
    }

    private static String describe(Optional<ReplicaStatus> status) {
        return status.map(found -> ": " + found.state() + " at LSN " + found.nextLsn()
                        + (found.detail().isEmpty() ? "" : ", " + found.detail()))
                .orElse("");
    }

    private static String reason(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Different different -> "verification: " + different.why();
            case Verdict.Equal ignored -> "verification: equal";
            case Verdict.Unknown unknown -> "verification: " + unknown.reason();
        };
    }

    private static boolean isEqual(ShardReport report, Zone zone) {
        return report.replicas().stream()
                .anyMatch(replica ->
                        replica.zone().equals(zone) && replica.verdict().conclusion() == Conclusion.EQUAL);
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_INTERVAL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while a replica was rebuilt");
        }
    }
}
