package io.tidemark.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.archiver.object.MemoryObjectStore;
import io.tidemark.archiver.object.ObjectStore;
import io.tidemark.archiver.object.S3Credentials;
import io.tidemark.archiver.object.S3ObjectStore;
import io.tidemark.archiver.object.S3Settings;
import io.tidemark.archiver.segment.SegmentName;
import io.tidemark.materializer.store.Evidence;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.verifier.report.Conclusion;
import io.tidemark.verifier.report.ItemDifference;
import io.tidemark.verifier.report.ReplicaReport;
import io.tidemark.verifier.report.ReportJson;
import io.tidemark.verifier.report.ReportTable;
import io.tidemark.verifier.report.ShardReport;
import io.tidemark.verifier.report.Suspect;
import io.tidemark.verifier.report.Verdict;
import io.tidemark.verifier.report.VerificationDebt;
import io.tidemark.verifier.report.VerificationMode;
import io.tidemark.verifier.report.VerificationReport;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real cluster; each test damages a shard of its own. */
class VerificationTest {
    private static final Zone A = SmallCluster.ZONES.get(0);
    private static final Zone B = SmallCluster.ZONES.get(1);
    private static final Zone C = SmallCluster.ZONES.get(2);
    private static final int SHARDS = 8;
    private static final int ITEMS = 200;

    @TempDir
    static Path directory;

    private static SmallCluster cluster;
    private static Verification verification;

    @BeforeAll
    static void startCluster() {
        cluster = new SmallCluster(directory.resolve("cluster"), SHARDS);
        for (int shard = 0; shard < SHARDS; shard++) {
            cluster.fill(new ShardId(shard), ITEMS);
        }
        verification = verification(cluster.verified(), "verifier");
    }

    @AfterAll
    static void stopCluster() {
        verification.close();
        cluster.close();
    }

    private static Verification verification(VerifiedCluster verified, String name) {
        VerifierSettings settings = VerifierSettings.of(directory.resolve(name))
                .withPatience(Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(2));
        return new Verification(verified, settings, InstantSource.system(), System::nanoTime, new SplittableRandom(44));
    }

    private static ShardReport verify(Verification by, VerificationRequest request, ShardId shard) {
        VerificationRequest one = new VerificationRequest(request.mode(), request.heal(), Set.of(shard));
        VerificationReport report = by.verify(one, VerificationListener.NONE);
        assertThat(report.shards()).hasSize(1);
        assertThat(report.conclusion()).isEqualTo(report.shards().getFirst().conclusion());
        return report.shards().getFirst();
    }

    private static ShardReport deep(ShardId shard) {
        return verify(verification, VerificationRequest.DEEP, shard);
    }

    private static Verdict verdict(ShardReport report, Zone zone) {
        return report.replicas().stream()
                .filter(replica -> replica.zone().equals(zone))
                .map(ReplicaReport::verdict)
                .findFirst()
                .orElseThrow();
    }

    private static void assertEqual(ShardReport report) {
        assertThat(report.conclusion()).as("%s", report).isEqualTo(Conclusion.EQUAL);
    }

    private static Verdict.Different different(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Different.class);
        return (Verdict.Different) verdict;
    }

    private static String reason(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Unknown.class);
        return ((Verdict.Unknown) verdict).reason();
    }

    @Test
    void aHealthyShardIsEqualAndOnlyWhatIsNewIsReadAgainWhenInAHurry() {
        ShardId shard = new ShardId(0);
        ShardReport first = deep(shard);
        assertEqual(first);
        assertThat(first.archive().checkedFrom()).isEqualTo(Lsn.FIRST);
        assertThat(first.archive().checkedEnd())
                .isEqualTo(first.barrier().orElseThrow().next());
        assertThat(first.archive().replayedRecords())
                .isEqualTo(first.barrier().orElseThrow().next().offset());
        assertThat(first.replicas()).extracting(ReplicaReport::zone).containsExactly(A, B, C);
        assertThat(first.replicas())
                .allSatisfy(replica -> assertThat(replica.items()).isEqualTo(ITEMS));

        cluster.append(shard, List.of(cluster.put(ITEMS)));
        ShardReport second = verify(verification, VerificationRequest.QUICK, shard);
        assertEqual(second);
        assertThat(second.archive().records()).isEqualTo(2);
        assertThat(second.archive().replayedRecords()).isEqualTo(2);

        ShardReport third = deep(shard);
        assertThat(third.archive().records())
                .isEqualTo(third.barrier().orElseThrow().next().offset());
        assertThat(third.archive().replayedRecords()).isEqualTo(1);
    }

    @Test
    void anItemChangedBehindTheStoresBackIsNamedAndHealed() throws Exception {
        ShardId shard = new ShardId(1);
        cluster.stop(B);
        Path store = Stores.of(cluster.dataDirectory(B), shard);
        Stores.overwriteItem(store, 17, "forged");
        Stores.deleteItem(store, 23);
        cluster.start(B);

        VerificationReport report = verification.verify(
                new VerificationRequest(VerificationMode.DEEP, false, Set.of(shard)), VerificationListener.NONE);
        ShardReport found = report.shards().getFirst();
        assertThat(report.exitCode()).isEqualTo(1);
        Verdict.Different different = different(verdict(found, B));
        assertThat(different.suspect()).isEqualTo(Suspect.REPLICA);
        assertThat(different.items().total()).isEqualTo(2);
        assertThat(different.items().listed())
                .containsExactlyInAnyOrder(
                        new ItemDifference(7, "page=\"page-17\", time=17", ItemDifference.Kind.CHANGED),
                        new ItemDifference(7, "page=\"page-23\", time=23", ItemDifference.Kind.MISSING));
        assertThat(verdict(found, A)).isEqualTo(new Verdict.Equal());
        assertThat(verdict(found, C)).isEqualTo(new Verdict.Equal());
        assertThat(ReportTable.of(report))
                .contains("DIFFERENT")
                .contains("changed: table 7, page=\"page-17\", time=17");
        assertThat(ReportJson.of(report).path("verdict").asText()).isEqualTo("different");

        ShardReport healed = verify(verification, VerificationRequest.DEEP.withHeal(true), shard);
        assertEqual(healed);
        assertThat(healed.repairs()).hasSize(1);
        assertThat(healed.repairs().getFirst().zone()).isEqualTo(B);
        assertThat(healed.repairs().getFirst().succeeded()).isTrue();
        assertThat(healed.repairs().getFirst().evidence().orElseThrow())
                .satisfies(folder -> assertThat(Path.of(folder)).isDirectory());
        assertThat(new Evidence(cluster.dataDirectory(B).resolve("evidence")).list(shard))
                .hasSize(1);
        assertEqual(deep(shard));
    }

    @Test
    void aBitFlippedInATableFileIsNeverEqualAndHealed() throws Exception {
        ShardId shard = new ShardId(2);
        long seed = 99;
        SplittableRandom random = new SplittableRandom(seed);
        // The last bytes are what RocksDB reads when it opens the file.
        for (boolean atTheEnd : List.of(false, true)) {
            cluster.stop(C);
            Path file = Stores.greatestSst(Stores.of(cluster.dataDirectory(C), shard));
            long bits = Files.size(file) * Byte.SIZE;
            long bit = atTheEnd ? bits - 1 - random.nextLong(64) : random.nextLong(bits / 2);
            Stores.flipBit(file, bit);
            cluster.start(C);

            ShardReport found = deep(shard);
            assertThat(found.conclusion())
                    .as("seed %s, bit %s of %s", seed, bit, file)
                    .isNotEqualTo(Conclusion.EQUAL);
            assertThat(different(verdict(found, C)).damage()).isNotEmpty();
            assertThat(verdict(found, A)).isEqualTo(new Verdict.Equal());

            ShardReport healed = verify(verification, VerificationRequest.DEEP.withHeal(true), shard);
            assertEqual(healed);
            assertThat(healed.repairs()).hasSize(1);
        }
    }

    @Test
    void aBitFlippedInAnySegmentIsFoundAndNothingIsHealed() {
        ShardId shard = new ShardId(3);
        assertEqual(deep(shard));
        cluster.append(shard, List.of(cluster.put(ITEMS)));
        assertEqual(deep(shard));
        long seed = 7;
        SplittableRandom random = new SplittableRandom(seed);
        ObjectStore store = cluster.store();
        List<String> keys = keys(shard);
        assertThat(keys).hasSizeGreaterThan(1);
        for (String key : keys) {
            Bytes whole = store.get(key).orElseThrow();
            for (int flip = 0; flip < 2; flip++) {
                long bit = random.nextLong((long) whole.length() * Byte.SIZE);
                replace(key, Stores.flipBit(whole, bit));

                ShardReport found = verify(verification, VerificationRequest.DEEP.withHeal(true), shard);
                Verdict.Different archive = different(found.archive().verdict());
                assertThat(archive.suspect()).isEqualTo(Suspect.ARCHIVE);
                assertThat(archive.damage())
                        .as("seed %s, bit %s of %s", seed, bit, key)
                        .anySatisfy(damage -> assertThat(damage).contains(key));
                assertThat(found.replicas())
                        .allSatisfy(replica -> assertThat(reason(replica.verdict()))
                                .contains("archive is damaged")
                                .contains("agrees with zones"));
                assertThat(found.repairs()).isEmpty();
            }
            replace(key, whole);
        }
        assertEqual(deep(shard));
    }

    @Test
    void aMissingSegmentIsNamed() {
        ShardId shard = new ShardId(4);
        assertEqual(deep(shard));
        assertEqual(deep(shard));
        for (String key : keys(shard)) {
            Bytes whole = cluster.store().get(key).orElseThrow();
            cluster.store().delete(key);

            Verdict.Different archive = different(deep(shard).archive().verdict());
            assertThat(archive.damage()).anySatisfy(damage -> assertThat(damage).contains(key));

            assertThat(cluster.store().putIfAbsent(key, whole)).isTrue();
        }
        assertEqual(deep(shard));
    }

    @Test
    void aZoneThatIsDownIsUnknownByName() {
        ShardId shard = new ShardId(5);
        cluster.stop(A);
        VerificationReport report = verification.verify(
                new VerificationRequest(VerificationMode.QUICK, true, Set.of(shard)), VerificationListener.NONE);
        cluster.start(A);

        ShardReport found = report.shards().getFirst();
        assertThat(reason(verdict(found, A))).contains("zone a");
        assertThat(verdict(found, B)).isEqualTo(new Verdict.Equal());
        assertThat(verdict(found, C)).isEqualTo(new Verdict.Equal());
        assertThat(report.exitCode()).isEqualTo(3);
        assertThat(ReportTable.of(report)).contains("zone a: UNKNOWN");
        assertThat(found.repairs()).isEmpty();
        assertEqual(deep(shard));
    }

    @Test
    void anObjectStoreThatIsDownMakesAllUnknown() throws IOException {
        ShardId shard = new ShardId(0);
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        S3Credentials credentials = new S3Credentials("tidemark", "tidemark-secret");
        S3Settings settings = S3Settings.of(URI.create("http://127.0.0.1:" + port), "archive", credentials);
        try (ObjectStore down = S3ObjectStore.open(settings);
                Verification other = verification(cluster.verified(down), "down")) {
            ShardReport found = verify(other, VerificationRequest.DEEP, shard);
            assertThat(found.conclusion()).isEqualTo(Conclusion.UNKNOWN);
            assertThat(reason(found.archive().verdict())).contains("UNAVAILABLE");
            assertThat(found.replicas())
                    .allSatisfy(replica -> assertThat(reason(replica.verdict()))
                            .contains("not compared with the archive")
                            .contains("agrees with zones"));
        }
    }

    @Test
    void anArchiveThatDoesNotGetToTheBarrierMakesAllUnknown() {
        ShardId shard = new ShardId(0);
        VerifierSettings settings = VerifierSettings.of(directory.resolve("empty"))
                .withPatience(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(1));
        try (ObjectStore empty = new MemoryObjectStore();
                Verification other = new Verification(
                        cluster.verified(empty),
                        settings,
                        InstantSource.system(),
                        System::nanoTime,
                        new SplittableRandom(45))) {
            ShardReport found = verify(other, VerificationRequest.QUICK, shard);
            assertThat(found.conclusion()).isEqualTo(Conclusion.UNKNOWN);
            assertThat(reason(found.archive().verdict())).contains("Is the archiver running?");
        }
    }

    @Test
    void aReferenceThatIsDamagedIsBuiltAgainFromTheArchive() throws Exception {
        ShardId shard = new ShardId(6);
        assertEqual(deep(shard));
        Path reference = directory.resolve("verifier").resolve("shard-6");
        Path file = Stores.greatestSst(reference.resolve("store"));
        Stores.flipBit(file, 8 * 100);
        ShardReport rebuilt = deep(shard);
        assertEqual(rebuilt);
        assertThat(rebuilt.archive().rebuilt()).isPresent();
        assertThat(rebuilt.archive().replayedRecords())
                .isEqualTo(rebuilt.barrier().orElseThrow().next().offset());

        Files.writeString(reference.resolve("chain"), "end=1\nsha256=" + "ab".repeat(32) + "\n");
        ShardReport again = deep(shard);
        assertEqual(again);
        assertThat(again.archive().rebuilt().orElseThrow()).contains("hash");
        assertThat(deep(shard).archive().rebuilt()).isEmpty();
    }

    @Test
    void aRoundAppendsNothingToAShardThatHasNotChanged() {
        ShardId shard = new ShardId(7);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        VerifierSchedule schedule = VerifierSchedule.of(Duration.ofSeconds(1), Duration.ofHours(1), false);
        try (Verification own = verification(cluster.verified(), "rounds");
                Verifier verifier = new Verifier(own, schedule, InstantSource.system(), registry)) {
            // Every shard is read once in a round of its own, and each of those that have changed is verified in the
            // first.
            for (int round = 0; round < SHARDS; round++) {
                assertThat(verifier.step()).isNotEmpty();
            }
            Lsn end = end(shard);
            assertThat(verifier.step()).isEmpty();
            assertThat(end(shard)).isEqualTo(end);
            assertThat(own.debt()).isEqualTo(VerificationDebt.NONE);
            assertThat(verifier.alarm()).isFalse();
            assertThat(registry.get("tidemark.verifier.coverage").gauge().value())
                    .isEqualTo(1.0);

            cluster.append(shard, List.of(cluster.put(ITEMS)));
            assertThat(own.debt().records()).isEqualTo(Optional.of(1L));
            List<VerificationReport> reports = verifier.step();
            assertThat(reports).hasSize(1);
            assertThat(reports.getFirst().mode()).isEqualTo(VerificationMode.QUICK);
            assertThat(reports.getFirst().shards())
                    .extracting(ShardReport::shard)
                    .containsExactly(shard);
            assertThat(own.debt()).isEqualTo(VerificationDebt.NONE);
            assertThat(verifier.lastReports()).hasSize(SHARDS);

            cluster.append(shard, List.of(cluster.put(ITEMS)));
            ShardReport onDemand = verify(own, VerificationRequest.DEEP, shard);
            assertThat(verifier.lastReports()).contains(onDemand);
        }
    }

    private static Lsn end(ShardId shard) {
        return cluster.log().end(shard).toCompletableFuture().join();
    }

    private static List<String> keys(ShardId shard) {
        return cluster.store().list(SegmentName.prefix(shard), Optional.empty(), 1_000).stream()
                .map(ObjectStore.ObjectSummary::key)
                .toList();
    }

    private static void replace(String key, Bytes content) {
        cluster.store().delete(key);
        assertThat(cluster.store().putIfAbsent(key, content)).isTrue();
    }
}
