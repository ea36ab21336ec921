package io.tidemark.launcher.demo;

import io.tidemark.launcher.cluster.EmbeddedCluster;
import io.tidemark.launcher.output.ProgressBar;
import io.tidemark.launcher.output.TextTable;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.node.Consistency;
import io.tidemark.verifier.VerificationListener;
import io.tidemark.verifier.VerificationRequest;
import io.tidemark.verifier.report.Conclusion;
import io.tidemark.verifier.report.ReplicaReport;
import io.tidemark.verifier.report.ShardReport;
import io.tidemark.verifier.report.Verdict;
import io.tidemark.verifier.report.VerificationReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The demo's second half: verify, damage one replica, find the damage, heal it. For one thread. */
final class DemoVerification {
    private static final Duration SERVING_LIMIT = Duration.ofSeconds(60);

    private final DemoTarget target;
    private final DemoLog log;
    private final DemoReads reads;
    private final Map<String, PageTotals> expected;

    DemoVerification(DemoTarget target, DemoLog log, DemoReads reads, Map<String, PageTotals> expected) {
        this.target = target;
        this.log = log;
        this.reads = reads;
        this.expected = expected;
    }

    void run() throws IOException, InterruptedException {
        verifyAll();
        Optional<EmbeddedCluster> embedded = target.embedded();
        if (embedded.isEmpty()) {
            log.say("");
            log.say("Damaging a replica needs access to a node's disk; `tidemark demo` without --connect shows it.");
            return;
        }
        Zone zone = Demo.zones(target).getLast();
        damage(embedded.get(), zone);
        find(zone);
        heal(zone);
    }

    private void verifyAll() throws InterruptedException {
        log.step("Archive the log to S3, rebuild each shard from the archive alone, compare with all replicas");
        VerificationReport report = verify(VerificationRequest.DEEP);
        show(report);
        log.figure("segments", report.segments());
        log.figure("records", report.records());
        log.figure("archive_bytes", report.bytes());
        log.check(
                report.conclusion() == Conclusion.EQUAL,
                "%d of %d replicas equal the one rebuilt from %,d records in %d segments (%.1f MB)",
                report.replicas(Conclusion.EQUAL),
                report.replicas(),
                report.records(),
                report.segments(),
                report.bytes() / 1e6);
    }

    private void damage(EmbeddedCluster cluster, Zone zone) throws IOException, InterruptedException {
        log.step("Flip one bit on the disk of zone " + zone + ", as failing hardware would");
        cluster.stopNode(zone);
        Map.Entry<String, PageTotals> page = expected.entrySet().iterator().next();
        log.check(
                reads.page(page.getKey(), Consistency.STRONG)
                        .filter(page.getValue()::equals)
                        .isPresent(),
                "with zone %s stopped, a strongly consistent read is served by another zone",
                zone);
        Path folder = cluster.nodeDataDirectory(zone);
        SstDamage.Flip flip = SstDamage.flipBit(folder);
        log.say("flipped the lowest bit of byte %,d of %s", flip.position(), folder.relativize(flip.file()));
        cluster.startNode(zone);
        List<String> notServing = cluster.awaitServing(SERVING_LIMIT);
        log.say(
                notServing.isEmpty()
                        ? "zone %s is back and serves: nothing has noticed yet"
                        : "zone %s is back, but does not serve all shards",
                zone);
    }

    private void find(Zone zone) throws InterruptedException {
        log.step("Verify again");
        VerificationReport report = verify(VerificationRequest.DEEP);
        show(report);
        log.check(report.conclusion() == Conclusion.DIFFERENT, "the damage is found: the verdict is %s", report.conclusion());
        log.check(
                report.shards().stream()
                        .flatMap(shard -> shard.replicas().stream())
                        .filter(replica -> replica.verdict().conclusion() != Conclusion.EQUAL)
                        .allMatch(replica -> replica.zone().equals(zone)),
                "and only zone %s is blamed",
                zone);
        report.shards().stream()
                .flatMap(shard -> shard.replicas().stream())
                .map(ReplicaReport::verdict)
                .filter(Verdict.Different.class::isInstance)
                .map(Verdict.Different.class::cast)
                .forEach(this::explain);
    }

    private void explain(Verdict.Different different) {
        log.say("%s", different.why());
        different.damage().stream().limit(2).forEach(damage -> log.say("  %s", damage));
    }

    private void heal(Zone zone) throws InterruptedException {
        log.step("Heal: set the bad replica aside as evidence, rebuild it from the log, verify it");
        VerificationReport report = verify(VerificationRequest.DEEP.withHeal(true));
        show(report);
        report.repairs().forEach(repair -> log.check(
                repair.succeeded() && repair.zone().equals(zone),
                "zone %s rebuilt in %s: %s",
                repair.zone(),
                DemoLog.seconds(repair.duration()),
                repair.detail()));
        log.check(!report.repairs().isEmpty(), "a replica was rebuilt");
        log.check(
                report.conclusion() == Conclusion.EQUAL,
                "all %d replicas are equal again",
                report.replicas(Conclusion.EQUAL));
    }

    private VerificationReport verify(VerificationRequest request) throws InterruptedException {
        try (ProgressBar progress = new ProgressBar(log.terminal(), "verifying", 0, "records checked", System::nanoTime)) {
            VerificationReport report = target.verify(request, new Watching(progress));
            log.figure("duration_ms", report.duration());
            return report;
        }
    }

    private void show(VerificationReport report) {
        TextTable table = TextTable.withColumns("shard", ">barrier", "zone", "verdict", ">items", ">ms");
        for (ShardReport shard : report.shards()) {
            for (ReplicaReport replica : shard.replicas()) {
                table.row(
                        shard.shard(),
                        shard.barrier().map(Lsn::toString).orElse("-"),
                        replica.zone(),
                        replica.verdict().conclusion().toString().toLowerCase(java.util.Locale.ROOT),
                        replica.items(),
                        replica.duration().toMillis());
            }
        }
        log.block(table.render(""));
    }

    /** Counts the archived records that have been checked, over all shards. */
    private record Watching(ProgressBar progress, Map<ShardId, Long> checked) implements VerificationListener {
        Watching(ProgressBar progress) {
            this(progress, new ConcurrentHashMap<>());
        }

        @Override
        public void archiveChecked(ShardId shard, Lsn checkedEnd, Lsn end) {
            checked.put(shard, checkedEnd.offset());
            progress.set(checked.values().stream().mapToLong(Long::longValue).sum());
        }
    }
}
