package io.tidemark.materializer.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.tidemark.embedded.BrokersConfig;
import io.tidemark.embedded.EmbeddedBrokers;
import io.tidemark.materializer.store.Evidence;
import io.tidemark.materializer.store.StoreInUseException;
import io.tidemark.materializer.store.StoreUnavailableException;
import io.tidemark.materializer.store.TestLog;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.Semantics;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.hash.StateDigest;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply.ReplicaState;
import io.tidemark.schema.node.NodeReply.ReplicaStatus;
import io.tidemark.schema.wire.WalRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZoneApplicationTest {
    private static final ShardId SHARD = new ShardId(0);
    private static final ShardId OTHER = new ShardId(1);

    @TempDir
    static Path brokersDirectory;

    private static EmbeddedBrokers brokers;

    @TempDir
    Path directory;

    @BeforeAll
    static void startBrokers() {
        brokers = EmbeddedBrokers.start(BrokersConfig.inDirectory(brokersDirectory));
    }

    @AfterAll
    static void stopBrokers() {
        brokers.close();
    }

    private TestZones zones(String name, int shards) {
        return new TestZones(name, brokers, directory, shards);
    }

    @Test
    void threeZonesAreEqualAtABarrier() {
        try (TestZones zones = zones("equal", 3)) {
            List<ZoneApplication> applications =
                    Stream.of("a", "b", "c").map(zones::start).toList();
            for (int number = 0; number < 3; number++) {
                ShardId shard = new ShardId(number);
                TestLog records = zones.records(shard);
                zones.append(shard, records.items(200, 50));
                zones.append(shard, List.of(records.delete(TestLog.id(3)), records.misdirected("x")));
                Lsn barrier = zones.barrier(shard);

                List<StateDigest> digests = applications.stream()
                        .map(application -> zones.digestAt(application, shard, barrier))
                        .toList();

                assertThat(digests.getFirst().itemCount()).isEqualTo(199);
                assertThat(digests).containsOnly(digests.getFirst());
            }
            assertThat(applications.getFirst().reader(SHARD).item(TestLog.itemKey(TestLog.id(5))))
                    .isNotNull();
        }
    }

    @Test
    void aRestartGoesOnWhereItStoodWithoutApplyingAgain() {
        try (TestZones zones = zones("restart", 1)) {
            ZoneApplication first = zones.start("a");
            Lsn before = zones.append(SHARD, zones.records(SHARD).items(300, 50));
            TestZones.awaitApplied(first, SHARD, before);
            zones.stop("a");
            Lsn after = zones.append(SHARD, zones.records(SHARD).put("later", "x"));

            ListenerRecorder recorder = new ListenerRecorder();
            ZoneApplication second = zones.start("a", "a", recorder);
            TestZones.awaitApplied(second, SHARD, after);

            // Listeners hear of it a moment after those who wait for it.
            await().atMost(TestZones.PATIENCE)
                    .untilAsserted(() -> assertThat(recorder.applied(SHARD)).containsExactly(before));
            assertThat(TestZones.status(second, SHARD))
                    .hasValueSatisfying(status -> assertThat(status.items()).isEqualTo(301));
        }
    }

    @Test
    void aNodeThatLostItsDiskIsRestoredFromTheLog() {
        try (TestZones zones = zones("wiped", 1)) {
            ZoneApplication first = zones.start("a");
            zones.append(SHARD, zones.records(SHARD).items(2_500, 50));
            Lsn barrier = zones.barrier(SHARD);
            StateDigest before = zones.digestAt(first, SHARD, barrier);
            zones.stop("a");
            delete(zones.dataDirectory("a"));

            ZoneApplication second = zones.start("a");

            assertThat(zones.digestAt(second, SHARD, barrier)).isEqualTo(before);
        }
    }

    @Test
    void aRecordWithoutAKeyIsRejectedAndDoesNotStopARestoration() throws Exception {
        try (TestZones zones = zones("keyless", 1)) {
            ZoneApplication first = zones.start("a");
            zones.append(SHARD, zones.records(SHARD).items(20, 10));
            produceWithoutKey(zones.topic());
            zones.append(SHARD, zones.records(SHARD).put("after", "x"));
            Lsn barrier = zones.barrier(SHARD);
            StateDigest before = zones.digestAt(first, SHARD, barrier);
            assertThat(TestZones.status(first, SHARD).orElseThrow().rejected()).isEqualTo(1);
            zones.stop("a");
            delete(zones.dataDirectory("a"));

            ZoneApplication second = zones.start("a");

            assertThat(zones.digestAt(second, SHARD, barrier)).isEqualTo(before);
        }
    }

    @Test
    void aQuarantinedReplicaIsSetAsideAndRebuiltWithoutTraffic() {
        try (TestZones zones = zones("quarantine", 2)) {
            ListenerRecorder recorder = new ListenerRecorder();
            ZoneApplication application = zones.start("a", "a", recorder);
            zones.append(SHARD, zones.records(SHARD).items(500, 50));
            zones.append(OTHER, zones.records(OTHER).items(10, 50));
            Lsn barrier = zones.barrier(SHARD);
            StateDigest before = zones.digestAt(application, SHARD, barrier);
            TestZones.awaitState(application, OTHER, ReplicaState.SERVING);

            application.quarantine(SHARD, "lane 17 differs");

            assertThatExceptionOfType(NodeException.class)
                    .isThrownBy(() -> application.reader(SHARD))
                    .withMessageContaining("lane 17 differs");
            assertThat(TestZones.status(application, OTHER).orElseThrow().state())
                    .isEqualTo(ReplicaState.SERVING);
            TestZones.awaitState(application, SHARD, ReplicaState.SERVING);
            assertThat(zones.digestAt(application, SHARD, barrier)).isEqualTo(before);
            assertThat(new Evidence(zones.dataDirectory("a").resolve("evidence")).list(SHARD))
                    .hasSize(1);
            await().atMost(TestZones.PATIENCE)
                    .untilAsserted(() -> assertThat(recorder.states())
                            .containsSubsequence(
                                    ReplicaState.SERVING,
                                    ReplicaState.QUARANTINED,
                                    ReplicaState.RESTORING,
                                    ReplicaState.SERVING));
        }
    }

    @Test
    void aNodeWithoutStateDoesNotServeWhatATrimmedLogIsNotEnoughFor() {
        try (TestZones zones = zones("trimmed", 2)) {
            zones.append(SHARD, zones.records(SHARD).items(100, 50));
            Lsn other = zones.append(OTHER, zones.records(OTHER).items(10, 50));
            zones.log().trim(SHARD, new Lsn(40)).toCompletableFuture().join();

            ZoneApplication application = zones.start("a");

            ReplicaStatus failed = TestZones.awaitState(application, SHARD, ReplicaState.FAILED);
            assertThat(failed.detail()).contains("needs LSN 0").contains("offers 40");
            assertThat(failed.items()).isZero();
            TestZones.awaitApplied(application, OTHER, other);
            assertThatExceptionOfType(NodeException.class)
                    .isThrownBy(() -> application.reader(SHARD))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.NOT_SERVING));
            assertThat(application.awaitApplied(SHARD, new Lsn(5), Duration.ofSeconds(1)))
                    .isCompletedExceptionally();
        }
    }

    /** Whether Kafka Streams restores first or processes at once, depends on what the group had committed. */
    @Test
    void aReplicaBehindATrimmedLogFailsAndItsContentIsKept() {
        try (TestZones zones = zones("behind", 1)) {
            ZoneApplication first = zones.start("a");
            Lsn reached = zones.append(SHARD, zones.records(SHARD).items(50, 50));
            TestZones.awaitApplied(first, SHARD, reached);
            zones.stop("a");
            zones.append(SHARD, zones.records(SHARD).items(100, 50));
            zones.log().trim(SHARD, new Lsn(90)).toCompletableFuture().join();

            ZoneApplication second = zones.start("a");

            ReplicaStatus failed = TestZones.awaitState(second, SHARD, ReplicaState.FAILED);
            assertThat(failed.detail()).contains("offers 90");
            boolean inPlace = failed.nextLsn().equals(reached);
            assertThat(new Evidence(zones.dataDirectory("a").resolve("evidence")).list(SHARD))
                    .hasSize(inPlace ? 0 : 1);
        }
    }

    @Test
    void whatATrimmedLogNoLongerHoldsIsTakenFromWhereItIsKept() {
        try (TestZones zones = zones("kept", 1)) {
            ZoneApplication behind = zones.start("a");
            TestZones.awaitApplied(
                    behind, SHARD, zones.append(SHARD, zones.records(SHARD).items(50, 50)));
            zones.stop("a");
            zones.append(SHARD, zones.records(SHARD).items(2_500, 50));
            Lsn barrier = zones.barrier(SHARD);
            List<WalRecord> kept = zones.read(SHARD, barrier.next());
            zones.log().trim(SHARD, new Lsn(2_000)).toCompletableFuture().join();
            AtomicBoolean reachable = new AtomicBoolean();
            zones.setTrimmed((shard, start, end, sink) -> {
                if (!reachable.get()) {
                    throw new StoreUnavailableException("the archive does not answer");
                }
                // As an archive that lags: it does not have all that is trimmed or about to be.
                sink.accept(kept.subList((int) start.offset(), (int) Math.min(end.offset(), 2_100)));
            });
            AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
            InstantSource clock = () -> Instant.now().plus(ahead.get());

            ZoneApplication first = zones.start("a", "a", new ListenerRecorder(), clock);
            ZoneApplication empty = zones.start("b", "b", new ListenerRecorder(), clock);
            assertThat(TestZones.awaitState(empty, SHARD, ReplicaState.FAILED).detail())
                    .contains("does not answer");
            reachable.set(true);
            ahead.set(HostedReplica.REOPEN_AFTER.plusSeconds(1));

            StateDigest rebuilt = zones.digestAt(empty, SHARD, zones.barrier(SHARD));
            assertThat(rebuilt.itemCount()).isEqualTo(2_500);
            Lsn last = zones.barrier(SHARD);
            assertThat(zones.digestAt(first, SHARD, last)).isEqualTo(zones.digestAt(empty, SHARD, last));
        }
    }

    @Test
    void aDamagedStoreIsNotServedAndIsRebuiltOnceItIsQuarantined() throws IOException {
        try (TestZones zones = zones("damaged", 1)) {
            ZoneApplication first = zones.start("a");
            zones.append(SHARD, zones.records(SHARD).items(100, 50));
            Lsn barrier = zones.barrier(SHARD);
            StateDigest before = zones.digestAt(first, SHARD, barrier);
            zones.stop("a");
            Files.writeString(zones.store("a", SHARD).resolve("CURRENT"), "garbage");

            ZoneApplication second = zones.start("a");

            assertThat(TestZones.awaitState(second, SHARD, ReplicaState.FAILED).detail())
                    .contains("Quarantine");
            second.quarantine(SHARD, "cannot be opened");
            assertThat(zones.digestAt(second, SHARD, barrier)).isEqualTo(before);
        }
    }

    @Test
    void aStoreWhoseDiskComesBackIsOpenedAgain() throws IOException {
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        try (TestZones zones = zones("disk", 1)) {
            ZoneApplication first = zones.start("a");
            TestZones.awaitApplied(
                    first, SHARD, zones.append(SHARD, zones.records(SHARD).items(100, 50)));
            zones.stop("a");
            Path store = zones.store("a", SHARD);
            Path away = directory.resolve("away");
            Files.move(store, away);
            Files.writeString(store, "a file where the store should be");

            ZoneApplication second = zones.start(
                    "a", "a", new ListenerRecorder(), () -> Instant.now().plus(ahead.get()));
            TestZones.awaitState(second, SHARD, ReplicaState.FAILED);
            Files.delete(store);
            Files.move(away, store);
            Lsn end = zones.append(SHARD, zones.records(SHARD).put("later", "x"));
            ahead.set(HostedReplica.REOPEN_AFTER.plusSeconds(1));

            TestZones.awaitApplied(second, SHARD, end);
            assertThat(TestZones.status(second, SHARD).orElseThrow().items()).isEqualTo(101);
        }
    }

    @Test
    void aRecordOfNewerSemanticsStopsItsReplicaAlone() {
        try (TestZones zones = zones("newer", 2)) {
            ZoneApplication application = zones.start("a");
            zones.append(SHARD, zones.records(SHARD).items(10, 50));
            Envelope newer = new Envelope(
                    Semantics.CURRENT_VERSION + 1,
                    new RequestId(1, 1),
                    Optional.empty(),
                    Command.PutItem.of(TestLog.TABLE, TestLog.item("new", "x")));
            zones.append(SHARD, zones.records(SHARD).put(newer));

            ReplicaStatus failed = TestZones.awaitState(application, SHARD, ReplicaState.FAILED);

            assertThat(failed.nextLsn()).isEqualTo(new Lsn(11));
            assertThat(failed.detail()).contains("semantics");
            TestZones.awaitApplied(
                    application, OTHER, zones.append(OTHER, zones.records(OTHER).items(10, 50)));
        }
    }

    @Test
    void aZonesNodesShareItsShardsAndALeaverHandsThemOver() {
        try (TestZones zones = zones("shared", 4)) {
            ZoneApplication first = zones.start("a", "a1", new ListenerRecorder());
            List<Lsn> ends = new ArrayList<>();
            for (int number = 0; number < 4; number++) {
                ShardId shard = new ShardId(number);
                ends.add(zones.append(shard, zones.records(shard).items(20, 50)));
                TestZones.awaitApplied(first, shard, ends.get(number));
            }
            ZoneApplication second = zones.start("a", "a2", new ListenerRecorder());
            await().atMost(TestZones.PATIENCE).until(() -> !second.statuses().isEmpty());
            zones.stop("a1");
            for (int number = 0; number < 4; number++) {
                TestZones.awaitApplied(second, new ShardId(number), ends.get(number));
            }
        }
    }

    @Test
    void aCaptureThatIsNotHeldIsExpired() {
        try (TestZones zones = zones("expired", 1)) {
            ZoneApplication application = zones.start("a");
            zones.append(SHARD, zones.records(SHARD).items(5, 10));
            Lsn first = zones.barrier(SHARD);
            zones.barrier(SHARD);
            Lsn third = zones.barrier(SHARD);
            TestZones.awaitApplied(application, SHARD, third.next());
            assertThatExceptionOfType(NodeException.class)
                    .isThrownBy(() -> application.captured(SHARD, first))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.EXPIRED));
            assertThatExceptionOfType(NodeException.class)
                    .isThrownBy(() -> application.captured(SHARD, third.next()))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.NOT_SERVING));
            application.captured(SHARD, third).close();
        }
    }

    @Test
    void aDataDirectoryInUseIsRefusedByName() {
        try (TestZones zones = zones("in-use", 1)) {
            zones.start("a");
            ZoneSettings settings = ZoneSettings.of(
                    new io.tidemark.schema.Zone("in-use-a"),
                    io.tidemark.log.KafkaConnection.to(brokers.bootstrapServers()),
                    zones.topic(),
                    zones.dataDirectory("a"));
            assertThatExceptionOfType(StoreInUseException.class)
                    .isThrownBy(() ->
                            new ZoneApplication(settings, zones.log(), TrimmedRecords.NONE, InstantSource.system()))
                    .withMessageContaining(zones.dataDirectory("a").toString());
        }
    }

    private static void produceWithoutKey(String topic) throws Exception {
        Map<String, Object> properties = Map.of("bootstrap.servers", brokers.bootstrapServers());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, null, new byte[] {1, 2, 3}))
                    .get();
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
