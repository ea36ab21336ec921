package io.tidemark.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.launcher.cluster.EmbeddedCluster;
import io.tidemark.launcher.output.ProgressBar;
import io.tidemark.launcher.output.TextTable;
import io.tidemark.schema.Zone;
import io.tidemark.schema.node.Consistency;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The demo's second half: verify, damage one replica, find the damage, heal it. For one thread. */
final class DemoVerification {
    private static final String EQUAL = "equal";
    private static final String DIFFERENT = "different";
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

    private void verifyAll() {
        log.step("Archive the log to S3, rebuild each shard from the archive alone, compare with all replicas");
        JsonNode report = verify(false);
        JsonNode summary = report.path("summary");
        log.figure("report", report);
        log.check(
                verdict(report).equals(EQUAL),
                "%d of %d replicas equal the one rebuilt from %,d records in %d segments (%.1f MB)",
                summary.path("replicasEqual").asLong(),
                summary.path("replicas").asLong(),
                summary.path("records").asLong(),
                summary.path("segments").asLong(),
                summary.path("bytes").asLong() / 1e6);
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

    private void find(Zone zone) {
        log.step("Verify again");
        JsonNode report = verify(false);
        List<JsonNode> notEqual = replicas(report)
                .filter(replica -> !verdict(replica).equals(EQUAL))
                .toList();
        log.check(verdict(report).equals(DIFFERENT), "the damage is found: the verdict is %s", verdict(report));
        log.check(
                !notEqual.isEmpty()
                        && notEqual.stream().allMatch(replica -> zoneOf(replica).equals(zone.name())),
                "and only zone %s is blamed",
                zone);
        for (JsonNode replica : notEqual) {
            log.say("%s", replica.path("reason").asText());
            replica.path("damage").forEach(damage -> log.say("  %s", damage.asText()));
        }
    }

    private void heal(Zone zone) {
        log.step("Heal: set the bad replica aside as evidence, rebuild it from the log, verify it");
        JsonNode report = verify(true);
        List<JsonNode> repairs =
                shards(report).flatMap(shard -> elements(shard.path("repairs"))).toList();
        log.check(!repairs.isEmpty(), "%d replica was set aside", repairs.size());
        for (JsonNode repair : repairs) {
            log.check(
                    repair.path("succeeded").asBoolean() && zoneOf(repair).equals(zone.name()),
                    "zone %s rebuilt in %.1f s: %s",
                    zoneOf(repair),
                    repair.path("durationMs").asLong() / 1e3,
                    repair.path("detail").asText());
        }
        log.check(
                verdict(report).equals(EQUAL),
                "all %d replicas are equal again",
                report.path("summary").path("replicasEqual").asLong());
    }

    private JsonNode verify(boolean heal) {
        try (ProgressBar progress =
                new ProgressBar(log.terminal(), "verifying", 0, "records checked", System::nanoTime)) {
            JsonNode report = target.verify(heal, progress);
            progress.close();
            show(report);
            return report;
        }
    }

    private void show(JsonNode report) {
        TextTable table = TextTable.withColumns("shard", ">barrier", "zone", "verdict", ">items", ">ms");
        shards(report)
                .forEach(shard -> shard.path("replicas")
                        .forEach(replica -> table.row(
                                shard.path("shard").asText(),
                                shard.path("barrierLsn").asText("-"),
                                zoneOf(replica),
                                verdict(replica),
                                replica.path("items").asLong(),
                                replica.path("durationMs").asLong())));
        log.block(table.render(""));
    }

    private static Stream<JsonNode> shards(JsonNode report) {
        return elements(report.path("shards"));
    }

    private static Stream<JsonNode> replicas(JsonNode report) {
        return shards(report).flatMap(shard -> elements(shard.path("replicas")));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static String verdict(JsonNode node) {
        return node.path("verdict").asText();
    }

    private static String zoneOf(JsonNode node) {
        return node.path("zone").asText();
    }
}
