package io.tidemark.materializer.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.embedded.EmbeddedBrokers;
import io.tidemark.log.KafkaConnection;
import io.tidemark.log.KafkaLog;
import io.tidemark.log.KafkaLogConfig;
import io.tidemark.log.Log;
import io.tidemark.log.LogReader;
import io.tidemark.log.TopicSpec;
import io.tidemark.materializer.store.ReplicaSnapshot;
import io.tidemark.materializer.store.TestLog;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.hash.StateDigest;
import io.tidemark.schema.node.NodeReply.ReplicaState;
import io.tidemark.schema.node.NodeReply.ReplicaStatus;
import io.tidemark.schema.wire.WalPayload;
import io.tidemark.schema.wire.WalRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A log of its own and the zone applications of one test. */
final class TestZones implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(40);

    private final String name;
    private final KafkaConnection connection;
    private final Path directory;
    private final KafkaLog log;
    private final Map<String, ZoneApplication> running = new TreeMap<>();
    private final Map<ShardId, TestLog> records = new TreeMap<>();
    private TrimmedRecords trimmed = TrimmedRecords.NONE;

    /** @param name of topic and zones: unique among the tests of a cluster */
    TestZones(String name, EmbeddedBrokers brokers, Path directory, int shards) {
        this.name = name;
        this.connection = KafkaConnection.to(brokers.bootstrapServers());
        this.directory = directory;
        this.log = KafkaLog.open(KafkaLogConfig.of(connection, TopicSpec.of(topic(), shards)));
        for (int shard = 0; shard < shards; shard++) {
            records.put(new ShardId(shard), new TestLog(new ShardId(shard), shard));
        }
    }

    String topic() {
        return name + ".wal";
    }

    Log log() {
        return log;
    }

    TestLog records(ShardId shard) {
        return records.get(shard);
    }

    /** For the nodes that are started from now on. */
    void setTrimmed(TrimmedRecords newTrimmed) {
        trimmed = newTrimmed;
    }

    Path dataDirectory(String zone) {
        return directory.resolve(zone);
    }

    /** Where a node keeps a shard's store. */
    Path store(String zone, ShardId shard) {
        return dataDirectory(zone)
                .resolve("replicas")
                .resolve("tidemark-" + name + "-" + zone)
                .resolve("0_" + shard)
                .resolve(ReplicaStateStore.NAME);
    }

    ZoneApplication start(String zone) {
        return start(zone, zone, new ListenerRecorder());
    }

    /** @param node names the data directory; a zone may have several */
    ZoneApplication start(String zone, String node, ReplicaListener listener) {
        return start(zone, node, listener, InstantSource.system());
    }

    ZoneApplication start(String zone, String node, ReplicaListener listener, InstantSource clock) {
        ZoneSettings settings = ZoneSettings.of(new Zone(name + "-" + zone), connection, topic(), dataDirectory(node));
        ZoneApplication application = new ZoneApplication(settings, log, trimmed, clock);
        application.addListener(listener);
        application.start();
        running.put(node, application);
        return application;
    }

    void stop(String node) {
        running.remove(node).close();
    }

    /** Appends and waits; gives the position after it. */
    Lsn append(ShardId shard, List<WalRecord> toAppend) {
        List<Lsn> lsns = new ArrayList<>();
        List<java.util.concurrent.CompletableFuture<Lsn>> appended = new ArrayList<>();
        for (WalRecord record : toAppend) {
            WalPayload payload = new WalPayload(record.key(), record.value(), record.headers());
            appended.add(log.append(shard, payload).toCompletableFuture());
        }
        appended.forEach(
                future -> lsns.add(future.orTimeout(30, TimeUnit.SECONDS).join()));
        return lsns.getLast().next();
    }

    Lsn append(ShardId shard, WalRecord record) {
        return append(shard, List.of(record));
    }

    /** Everything of a shard before {@code end}. */
    List<WalRecord> read(ShardId shard, Lsn end) {
        List<WalRecord> all = new ArrayList<>();
        try (LogReader reader = log.read(shard, Lsn.FIRST)) {
            while (reader.position().isBefore(end)) {
                all.addAll(reader.poll(Duration.ofSeconds(5)));
            }
        }
        return all;
    }

    static void awaitApplied(ZoneApplication application, ShardId shard, Lsn nextLsn) {
        awaitState(application, shard, ReplicaState.SERVING);
        assertThat(application.awaitApplied(shard, nextLsn, PATIENCE).toCompletableFuture())
                .succeedsWithin(PATIENCE);
    }

    static ReplicaStatus awaitState(ZoneApplication application, ShardId shard, ReplicaState state) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(status(application, shard))
                        .hasValueSatisfying(status ->
                                assertThat(status.state()).as(status.detail()).isEqualTo(state)));
        return status(application, shard).orElseThrow();
    }

    static Optional<ReplicaStatus> status(ZoneApplication application, ShardId shard) {
        return application.statuses().stream()
                .filter(status -> status.shard().equals(shard))
                .findFirst();
    }

    /** The digest right after a new VERIFY barrier. */
    StateDigest digestAt(ZoneApplication application, ShardId shard, Lsn barrier) {
        awaitApplied(application, shard, barrier.next());
        try (ReplicaSnapshot snapshot = application.captured(shard, barrier)) {
            assertThat(snapshot.nextLsn()).isEqualTo(barrier.next());
            assertThat(snapshot.deepDigest(() -> false).damage()).isEmpty();
            return snapshot.digest();
        }
    }

    /** Appends a VERIFY barrier; gives its own LSN. */
    Lsn barrier(ShardId shard) {
        return new Lsn(append(shard, records(shard).barrier()).offset() - 1);
    }

    @Override
    public void close() {
        running.values().forEach(ZoneApplication::close);
        log.close();
    }
}
