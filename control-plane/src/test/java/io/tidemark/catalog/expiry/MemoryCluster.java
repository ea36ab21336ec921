package io.tidemark.catalog.expiry;

import io.tidemark.client.ClientConfig;
import io.tidemark.client.ClusterNodes;
import io.tidemark.client.GetRequest;
import io.tidemark.client.PutRequest;
import io.tidemark.client.RouteSource;
import io.tidemark.client.ScanRequest;
import io.tidemark.client.TidemarkClient;
import io.tidemark.log.Barriers;
import io.tidemark.log.MemoryLog;
import io.tidemark.materializer.query.ReplicaNode;
import io.tidemark.materializer.query.ReplicaNodeConfig;
import io.tidemark.materializer.streams.testing.MemoryZone;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.node.StorageNode;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.wire.WalCodec;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;

/** Two shards of a log in memory, a real storage node and a real client; one table that is split over both. */
final class MemoryCluster implements AutoCloseable {
    static final String TABLE = "sessions";
    static final KeySchema KEYS = KeySchema.of(new KeyAttribute("user", KeyType.S), new KeyAttribute("at", KeyType.N));
    static final TableId TABLE_ID = new TableId(3);

    private static final TableRoute ROUTE = TableRoute.evenly(TABLE_ID, KEYS, List.of(new ShardId(0), new ShardId(1)));

    private final MemoryLog log = new MemoryLog(2, InstantSource.system());
    private final SecureRandom random = new SecureRandom();
    private final MemoryZone replicas = new MemoryZone(new Zone("a"), log);
    private final ReplicaNode node = new ReplicaNode(
            log, replicas, new Barriers(log, random), ReplicaNodeConfig.DEFAULT, "test", System::nanoTime);
    private volatile Runnable afterScan = () -> {};
    private final TidemarkClient client = new TidemarkClient(
            new ClusterNodes(List.of(new ClusterNodes.ZoneNodes(new Zone("a"), List.of(interposed())))),
            new OneRoute(),
            ClientConfig.DEFAULT,
            random);

    MemoryCluster() {
        for (TableRoute.Partition partition : ROUTE.partitions()) {
            Command open = new Command.OpenPartition(TABLE_ID, KEYS, partition.range());
            log.append(partition.shard(), WalCodec.encodeControl(Envelope.of(RequestId.random(random), open)))
                    .toCompletableFuture()
                    .join();
        }
    }

    private static final class OneRoute implements RouteSource {
        @Override
        public Optional<TableRoute> route(String tableName) {
            return tableName.equals(TABLE) ? Optional.of(ROUTE) : Optional.empty();
        }

        @Override
        public CompletionStage<Optional<TableRoute>> refresh(String tableName) {
            return CompletableFuture.completedFuture(route(tableName));
        }
    }

    /** The node, but something can be done between its answer to a scan and what the client does with it. */
    private StorageNode interposed() {
        return new StorageNode() {
            @Override
            public CompletionStage<NodeReply> call(NodeRequest request, Duration deadline) {
                CompletionStage<NodeReply> reply = node.call(request, deadline);
                return request instanceof NodeRequest.Scan
                        ? reply.thenApplyAsync(page -> {
                            afterScan.run();
                            return page;
                        })
                        : reply;
            }

            @Override
            public void close() {}
        };
    }

    void afterScan(Runnable action) {
        afterScan = action;
    }

    TidemarkClient client() {
        return client;
    }

    static ExpiringTable table() {
        return new ExpiringTable(TABLE, TABLE_ID, KEYS, "expires", 2);
    }

    static PrimaryKey key(String user, int at) {
        return PrimaryKey.of(new AttributeValue.S(user), AttributeValue.N.of(at));
    }

    void put(String user, int at, AttributeValue expires) {
        client.put(PutRequest.of(
                TABLE,
                Item.of(Map.of(
                        "user",
                        new AttributeValue.S(user),
                        "at",
                        AttributeValue.N.of(at),
                        "expires",
                        expires,
                        "payload",
                        new AttributeValue.S("x".repeat(100))))));
    }

    boolean has(String user, int at) {
        return client.get(GetRequest.of(TABLE, key(user, at)).consistency(Consistency.STRONG))
                .isPresent();
    }

    long itemCount() {
        return StreamSupport.stream(
                        client.scanAll(ScanRequest.of(TABLE).consistency(Consistency.STRONG))
                                .spliterator(),
                        false)
                .count();
    }

    @Override
    public void close() {
        client.close();
        node.close();
        replicas.close();
        log.close();
    }
}
