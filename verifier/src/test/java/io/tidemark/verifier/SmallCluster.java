package io.tidemark.verifier;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.archiver.archive.Archiver;
import io.tidemark.archiver.archive.ArchiverSettings;
import io.tidemark.archiver.object.ObjectStore;
import io.tidemark.archiver.object.S3Credentials;
import io.tidemark.archiver.object.S3ObjectStore;
import io.tidemark.archiver.object.S3Settings;
import io.tidemark.client.ClusterNodes;
import io.tidemark.client.ClusterNodes.ZoneNodes;
import io.tidemark.embedded.BrokersConfig;
import io.tidemark.embedded.EmbeddedBrokers;
import io.tidemark.embedded.EmbeddedS3;
import io.tidemark.embedded.S3Config;
import io.tidemark.log.Barriers;
import io.tidemark.log.KafkaConnection;
import io.tidemark.log.KafkaLog;
import io.tidemark.log.KafkaLogConfig;
import io.tidemark.log.Log;
import io.tidemark.log.TopicSpec;
import io.tidemark.materializer.query.ReplicaNode;
import io.tidemark.materializer.query.ReplicaNodeConfig;
import io.tidemark.materializer.streams.TrimmedRecords;
import io.tidemark.materializer.streams.ZoneApplication;
import io.tidemark.materializer.streams.ZoneSettings;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.node.NodeReply.ReplicaState;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.schema.wire.WalPayload;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A broker, S3, an archiver and three zones with a node each, in this process. */
final class SmallCluster implements AutoCloseable {
    static final List<Zone> ZONES = List.of(new Zone("a"), new Zone("b"), new Zone("c"));
    static final TableId TABLE = new TableId(7);
    static final KeySchema SCHEMA =
            KeySchema.of(new KeyAttribute("page", KeyType.S), new KeyAttribute("time", KeyType.N));
    static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final String BUCKET = "archive";
    private static final S3Credentials CREDENTIALS = new S3Credentials("tidemark", "tidemark-secret");

    private final Path directory;
    private final TopicSpec wal;
    private final EmbeddedBrokers brokers;
    private final EmbeddedS3 server;
    private final KafkaConnection connection;
    private final Log log;
    private final ObjectStore store;
    private final Archiver archiver;
    private final SplittableRandom random = new SplittableRandom(42);
    private final Map<Zone, SwitchedNode> nodes = new TreeMap<>();
    private final Map<Zone, RunningZone> running = new TreeMap<>();

    private record RunningZone(ZoneApplication application, ReplicaNode node) {}

    SmallCluster(Path directory, int shards) {
        this.directory = directory;
        brokers =
                EmbeddedBrokers.start(new BrokersConfig(directory.resolve("brokers"), List.of("a"), Optional.empty()));
        server = EmbeddedS3.start(S3Config.inDirectory(
                directory.resolve("s3"),
                new io.tidemark.embedded.S3Credentials(CREDENTIALS.accessKeyId(), CREDENTIALS.secretAccessKey())));
        server.createBucket(BUCKET);
        connection = KafkaConnection.to(brokers.bootstrapServers());
        wal = TopicSpec.of("small.wal", shards).withReplication(1, 1);
        log = KafkaLog.open(KafkaLogConfig.of(connection, wal));
        store = S3ObjectStore.open(S3Settings.of(server.endpoint(), BUCKET, CREDENTIALS));
        archiver = Archiver.start(
                log,
                store,
                ArchiverSettings.defaults(),
                InstantSource.system(),
                new SplittableRandom(43),
                new SimpleMeterRegistry());
        ZONES.forEach(zone -> nodes.put(zone, new SwitchedNode()));
        ZONES.forEach(this::launch);
        ZONES.forEach(this::awaitServing);
    }

    Log log() {
        return log;
    }

    ObjectStore store() {
        return store;
    }

    Path dataDirectory(Zone zone) {
        return directory.resolve("zone-" + zone);
    }

    VerifiedCluster verified() {
        return verified(store);
    }

    VerifiedCluster verified(ObjectStore archive) {
        List<ZoneNodes> zones = nodes.entrySet().stream()
                .map(entry -> new ZoneNodes(entry.getKey(), List.of(entry.getValue())))
                .toList();
        return new VerifiedCluster(log, archive, new ClusterNodes(zones));
    }

    private void launch(Zone zone) {
        ZoneApplication application = new ZoneApplication(
                ZoneSettings.of(zone, connection, wal.name(), dataDirectory(zone)),
                log,
                TrimmedRecords.NONE,
                InstantSource.system());
        Barriers barriers = new Barriers(log, new SplittableRandom(zone.hashCode()));
        ReplicaNode node =
                new ReplicaNode(log, application, barriers, ReplicaNodeConfig.DEFAULT, "test", System::nanoTime);
        application.start();
        running.put(zone, new RunningZone(application, node));
        switchedNode(zone).switchTo(node);
    }

    private void awaitServing(Zone zone) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> settled(zone));
    }

    /** A replica that cannot be opened never serves: it is settled too. */
    private boolean settled(Zone zone) {
        return zone(zone).application().statuses().stream()
                        .filter(status ->
                                status.state() == ReplicaState.SERVING || status.state() == ReplicaState.FAILED)
                        .count()
                == log.shardCount();
    }

    void start(Zone zone) {
        launch(zone);
        awaitServing(zone);
    }

    void stop(Zone zone) {
        switchedNode(zone).switchTo(null);
        RunningZone stopped = zone(zone);
        running.remove(zone);
        stopped.node().close();
        stopped.application().close();
    }

    private RunningZone zone(Zone zone) {
        return Optional.ofNullable(running.get(zone)).orElseThrow();
    }

    private SwitchedNode switchedNode(Zone zone) {
        return Optional.ofNullable(nodes.get(zone)).orElseThrow();
    }

    /** Opens the table on the shard and puts items {@code page-0} and so on. */
    void fill(ShardId shard, int items) {
        append(shard, List.of(control(new Command.OpenPartition(TABLE, SCHEMA, HashRange.ALL))));
        append(shard, IntStream.range(0, items).mapToObj(this::put).toList());
    }

    WalPayload put(int number) {
        return WalCodec.encode(
                SCHEMA, Envelope.of(RequestId.random(random), Command.PutItem.of(TABLE, item(number, "first"))));
    }

    private WalPayload control(Command command) {
        return WalCodec.encodeControl(Envelope.of(RequestId.random(random), command));
    }

    static Item item(int number, String text) {
        return Item.of(Map.of(
                "page",
                new AttributeValue.S("page-" + number),
                "time",
                AttributeValue.N.of(number),
                "text",
                new AttributeValue.S(text)));
    }

    Lsn append(ShardId shard, List<WalPayload> payloads) {
        List<CompletableFuture<Lsn>> appended = payloads.stream()
                .map(payload -> log.append(shard, payload).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS))
                .toList();
        appended.forEach(CompletableFuture::join);
        return appended.getLast().join();
    }

    @Override
    public void close() {
        List.copyOf(running.keySet()).forEach(this::stop);
        archiver.close();
        store.close();
        log.close();
        server.close();
        brokers.close();
    }
}
