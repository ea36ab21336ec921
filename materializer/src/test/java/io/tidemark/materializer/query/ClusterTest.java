package io.tidemark.materializer.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidemark.client.ClientConfig;
import io.tidemark.client.ClusterNodes;
import io.tidemark.client.ConditionFailedException;
import io.tidemark.client.DeleteRequest;
import io.tidemark.client.GetRequest;
import io.tidemark.client.ItemPage;
import io.tidemark.client.NodeConnections;
import io.tidemark.client.PutRequest;
import io.tidemark.client.QueryRequest;
import io.tidemark.client.RouteSource;
import io.tidemark.client.ScanRequest;
import io.tidemark.client.TidemarkClient;
import io.tidemark.client.UpdateRequest;
import io.tidemark.client.WriteResult;
import io.tidemark.embedded.BrokersConfig;
import io.tidemark.embedded.EmbeddedBrokers;
import io.tidemark.log.KafkaConnection;
import io.tidemark.log.TopicSpec;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.command.BarrierKind;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.command.ReturnValues;
import io.tidemark.schema.expression.Comparator;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.SortKeyCondition;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.hash.StateDigest;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.wire.WalCodec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three brokers, three zones with a node each behind HTTP, and a client. */
class ClusterTest {
    private static final int SHARDS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final TopicSpec WAL = TopicSpec.of("cluster.wal", SHARDS);
    private static final List<Zone> ZONES = List.of(new Zone("a"), new Zone("b"), new Zone("c"));
    private static final KeySchema KEY_SCHEMA =
            KeySchema.of(new KeyAttribute("channel", KeyType.S), new KeyAttribute("time", KeyType.N));

    @TempDir
    static Path directory;

    private static EmbeddedBrokers brokers;
    private static KafkaConnection connection;
    private static NodeConnections connections;
    private static TidemarkClient client;
    private static final Map<Zone, ServedZone> SERVED = new LinkedHashMap<>();
    private static final Map<String, TableRoute> ROUTES = new ConcurrentHashMap<>();
    private static final AtomicInteger NEXT_TABLE = new AtomicInteger(1);
    private static final SplittableRandom RANDOM = new SplittableRandom(3);

    private static final RouteSource ROUTE_SOURCE = new RouteSource() {
        @Override
        public Optional<TableRoute> route(String tableName) {
            return Optional.ofNullable(ROUTES.get(tableName));
        }

        @Override
        public CompletionStage<Optional<TableRoute>> refresh(String tableName) {
            return CompletableFuture.completedFuture(route(tableName));
        }
    };

    @BeforeAll
    static void startCluster() {
        brokers = EmbeddedBrokers.start(BrokersConfig.inDirectory(directory.resolve("brokers")));
        connection = KafkaConnection.to(brokers.bootstrapServers());
        connections = new NodeConnections();
        ZONES.forEach(zone -> serve(zone, 0));
        Map<Zone, List<URI>> uris = new LinkedHashMap<>();
        SERVED.forEach((zone, served) -> uris.put(zone, List.of(served.uri())));
        client = new TidemarkClient(
                ClusterNodes.remote(connections, uris), ROUTE_SOURCE, ClientConfig.DEFAULT, new SplittableRandom(4));
        SERVED.values().forEach(served -> await().atMost(PATIENCE).until(served::servesAllShards));
    }

    private static ServedZone serve(Zone zone, int port) {
        ServedZone served = new ServedZone(zone, connection, WAL, directory.resolve(zone.name()), port);
        SERVED.put(zone, served);
        return served;
    }

    @AfterAll
    static void stopCluster() {
        client.close();
        connections.close();
        SERVED.values().forEach(ServedZone::close);
        brokers.close();
    }

    /** A table of its own for each test, one partition on each shard. */
    private static TableRoute createTable(String name) {
        TableId tableId = new TableId(NEXT_TABLE.getAndIncrement());
        TableRoute route = TableRoute.evenly(
                tableId,
                KEY_SCHEMA,
                IntStream.range(0, SHARDS).mapToObj(ShardId::new).toList());
        for (TableRoute.Partition partition : route.partitions()) {
            Command open = new Command.OpenPartition(tableId, KEY_SCHEMA, partition.range());
            append(partition.shard(), open);
        }
        ROUTES.put(name, route);
        return route;
    }

    private static Lsn append(ShardId shard, Command command) {
        return SERVED.get(ZONES.getFirst())
                .log()
                .append(shard, WalCodec.encodeControl(Envelope.of(RequestId.random(RANDOM), command)))
                .toCompletableFuture()
                .join();
    }

    private static PrimaryKey key(String channel, int time) {
        return PrimaryKey.of(new AttributeValue.S(channel), AttributeValue.N.of(time));
    }

    private static Item item(String channel, int time) {
        return Item.of(Map.of("channel", new AttributeValue.S(channel), "time", AttributeValue.N.of(time)));
    }

    private static UpdateRequest increment(String table, PrimaryKey key) {
        return UpdateRequest.of(
                table,
                key,
                UpdateExpression.of(new UpdateAction.Add(DocumentPath.of("count"), AttributeValue.N.of(1))));
    }

    private static int number(Item item, String name) {
        return ((AttributeValue.N) item.attributes().get(name)).value().value().intValueExact();
    }

    private static List<Integer> times(Iterable<Item> items) {
        List<Integer> times = new ArrayList<>();
        items.forEach(item -> times.add(number(item, "time")));
        return times;
    }

    @Test
    void anItemIsPutReadUpdatedAndDeletedUnderConditions() {
        createTable("lifecycle");
        PrimaryKey key = key("#en", 1);
        Condition absent = new Condition.AttributeNotExists(DocumentPath.of("channel"));
        PutRequest put = PutRequest.of("lifecycle", item("#en", 1)).when(absent);

        WriteResult created = client.put(put);
        assertThat(created.oldSizeBytes()).isZero();
        assertThat(client.get(GetRequest.of("lifecycle", key).consistency(created.token())))
                .contains(item("#en", 1));

        assertThatThrownBy(() -> client.put(put.returningOldOnConditionFailure()))
                .isInstanceOfSatisfying(
                        ConditionFailedException.class,
                        failure -> assertThat(failure.item()).contains(item("#en", 1)));

        WriteResult updated = client.update(increment("lifecycle", key).returning(ReturnValues.ALL_NEW));
        assertThat(number(updated.attributes().orElseThrow(), "count")).isEqualTo(1);

        WriteResult deleted = client.delete(DeleteRequest.of("lifecycle", key)
                .when(new Condition.Not(absent))
                .returning(ReturnValues.ALL_OLD));
        assertThat(number(deleted.attributes().orElseThrow(), "count")).isEqualTo(1);
        assertThat(client.get(GetRequest.of("lifecycle", key).consistency(Consistency.STRONG)))
                .isEmpty();
    }

    @Test
    void aPartitionKeysItemsAreQueriedInBothDirectionsPageByPage() {
        createTable("queries");
        for (int time = 0; time < 20; time++) {
            client.put(PutRequest.of("queries", item("#de", time)));
            client.put(PutRequest.of("queries", item("#fr", time)));
        }
        QueryRequest all =
                QueryRequest.of("queries", new AttributeValue.S("#de")).consistency(Consistency.STRONG);
        assertThat(times(client.queryAll(all.limit(3))))
                .isEqualTo(IntStream.range(0, 20).boxed().toList());
        assertThat(times(client.queryAll(all.limit(7).backward())))
                .isEqualTo(IntStream.range(0, 20).map(i -> 19 - i).boxed().toList());
        ItemPage page = client.query(all.where(new SortKeyCondition.Compare(Comparator.GE, AttributeValue.N.of(5)))
                .limit(4));
        assertThat(times(page.items())).containsExactly(5, 6, 7, 8);
        assertThat(page.lastEvaluated()).contains(key("#de", 8));
    }

    @Test
    void segmentsOfAScanTogetherGiveEveryItemOnce() {
        createTable("scans");
        List<CompletableFuture<WriteResult>> writes = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            writes.add(client.putAsync(PutRequest.of("scans", item("channel-" + i, i))));
        }
        writes.forEach(CompletableFuture::join);
        List<Integer> found = new ArrayList<>();
        for (int segment = 0; segment < 4; segment++) {
            ScanRequest request =
                    ScanRequest.of("scans").segment(segment, 4).limit(11).consistency(Consistency.STRONG);
            found.addAll(times(client.scanAll(request)));
        }
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 150).boxed().toList());
    }

    @Test
    void aWriteIsSeenInEveryOtherZoneByStrongReadsAndByItsToken() {
        TableRoute route = createTable("freshness");
        for (int i = 0; i < 20; i++) {
            PrimaryKey key = key("channel-" + i, i);
            WriteResult written = client.put(PutRequest.of("freshness", item("channel-" + i, i)));
            ShardId shard = route.shardOf(KeyEncoding.encode(route.tableId(), KEY_SCHEMA, key));
            for (Zone zone : ZONES) {
                for (Consistency consistency : List.of(Consistency.STRONG, written.token())) {
                    NodeRequest get = new NodeRequest.Get(shard, route.tableId(), key, Optional.empty(), consistency);
                    NodeReply.GetResult result = (NodeReply.GetResult)
                            client.callZoneAsync(zone, shard, get, PATIENCE).join();
                    assertThat(result.item()).contains(item("channel-" + i, i));
                    assertThat(result.position().zone()).isEqualTo(zone);
                    assertThat(result.position().nextLsn()).isGreaterThan(written.lsn());
                }
            }
        }
    }

    @Test
    void aWriteThatIsSentAgainTakesEffectOnce() {
        createTable("repetitions");
        PrimaryKey key = key("#en", 1);
        UpdateRequest request = increment("repetitions", key).as(new RequestId(77, 88));
        WriteResult first = client.update(request);
        List<CompletableFuture<WriteResult>> again = IntStream.range(0, 10)
                .mapToObj(i -> client.updateAsync(request))
                .toList();
        assertThat(again).allSatisfy(repeated -> assertThat(repeated.join()).isEqualTo(first));
        Item item = client.get(GetRequest.of("repetitions", key).consistency(Consistency.STRONG))
                .orElseThrow();
        assertThat(number(item, "count")).isEqualTo(1);
    }

    @Test
    void whileAZoneIsGoneWritesGoOnAndTakeEffectOnce() throws Exception {
        TableRoute route = createTable("counters");
        int counters = 12;
        AtomicInteger rounds = new AtomicInteger();
        CompletableFuture<Void> stop = new CompletableFuture<>();
        Thread writer = Thread.ofPlatform().name("counter-writer").start(() -> {
            while (!stop.isDone()) {
                List<CompletableFuture<WriteResult>> round = IntStream.range(0, counters)
                        .mapToObj(i -> client.updateAsync(increment("counters", key("channel-" + i, i))))
                        .toList();
                try {
                    round.forEach(CompletableFuture::join);
                    rounds.incrementAndGet();
                } catch (RuntimeException e) {
                    stop.completeExceptionally(e);
                }
            }
        });
        awaitRounds(rounds, 10);
        Zone gone = ZONES.get(1);
        ServedZone killed = SERVED.get(gone);
        int port = killed.uri().getPort();
        killed.close();
        awaitRounds(rounds, rounds.get() + 10);
        await().atMost(PATIENCE).until(serve(gone, port)::servesAllShards);
        awaitRounds(rounds, rounds.get() + 10);
        assertThat(stop).as("no write failed").isNotDone();
        stop.complete(null);
        writer.join();

        for (int i = 0; i < counters; i++) {
            Item item = client.get(
                            GetRequest.of("counters", key("channel-" + i, i)).consistency(Consistency.STRONG))
                    .orElseThrow();
            assertThat(number(item, "count")).isEqualTo(rounds.get());
        }
        route.shards().forEach(ClusterTest::assertZonesAreEqual);
    }

    private static void awaitRounds(AtomicInteger rounds, int count) {
        await().atMost(PATIENCE).until(() -> rounds.get() >= count);
    }

    private static void assertZonesAreEqual(ShardId shard) {
        Lsn barrier = append(shard, new Command.Barrier(BarrierKind.VERIFY));
        NodeRequest digest = new NodeRequest.Digest(shard, barrier, true);
        List<StateDigest> digests = ZONES.stream()
                .map(zone -> (NodeReply.DigestResult)
                        client.callZoneAsync(zone, shard, digest, PATIENCE).join())
                .map(NodeReply.DigestResult::digest)
                .toList();
        assertThat(digests.stream().distinct()).hasSize(1);
        assertThat(digests.getFirst().nextLsn()).isEqualTo(barrier.next());
    }
}
