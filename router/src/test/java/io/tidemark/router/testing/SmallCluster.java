package io.tidemark.router.testing;

import io.tidemark.client.ClientConfig;
import io.tidemark.client.ClusterNodes;
import io.tidemark.client.ClusterNodes.ZoneNodes;
import io.tidemark.client.RouteSource;
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
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.node.StorageNode;
import io.tidemark.schema.wire.WalCodec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A log in memory with the real state machine, node and client over it. Tables have one partition on each shard. A test may step
 * between the client and the node.
 */
public final class SmallCluster implements AutoCloseable {
    public static final int SHARDS = 3;

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final MemoryLog log = new MemoryLog(SHARDS, InstantSource.system());
    private final MemoryZone replicas = new MemoryZone(new Zone("a"), log);
    private final ReplicaNode node = new ReplicaNode(
            log,
            replicas,
            new Barriers(log, new SplittableRandom(1)),
            ReplicaNodeConfig.DEFAULT,
            "test",
            System::nanoTime);
    /** What is, and what is believed until it is asked for again. */
    private final Map<String, TableRoute> routes = new ConcurrentHashMap<>();

    private final Map<String, TableRoute> remembered = new ConcurrentHashMap<>();
    private final AtomicInteger nextTable = new AtomicInteger(1);
    private final SplittableRandom random = new SplittableRandom(2);
    private final TidemarkClient client;
    private volatile Function<NodeRequest, Optional<CompletionStage<NodeReply>>> interceptor =
            request -> Optional.empty();

    public SmallCluster() {
        this(ClientConfig.DEFAULT);
    }

    public SmallCluster(ClientConfig config) {
        client = new TidemarkClient(
                new ClusterNodes(List.of(new ZoneNodes(new Zone("a"), List.of(new InterceptedNode())))),
                routes(),
                config,
                new SplittableRandom(3));
    }

    private final class InterceptedNode implements StorageNode {
        @Override
        public CompletionStage<NodeReply> call(NodeRequest request, Duration deadline) {
            return interceptor.apply(request).orElseGet(() -> node.call(request, deadline));
        }

        @Override
        public void close() {}
    }

    /** From then on the requests that it answers do not reach the node. */
    public void intercept(Function<NodeRequest, Optional<CompletionStage<NodeReply>>> newInterceptor) {
        interceptor = newInterceptor;
    }

    public TidemarkClient client() {
        return client;
    }

    public RouteSource routes() {
        return new RouteSource() {
            @Override
            public Optional<TableRoute> route(String tableName) {
                return Optional.ofNullable(remembered.getOrDefault(tableName, routes.get(tableName)));
            }

            @Override
            public CompletionStage<Optional<TableRoute>> refresh(String tableName) {
                remembered.remove(tableName);
                return CompletableFuture.completedFuture(route(tableName));
            }
        };
    }

    public TableRoute createTable(String name, KeySchema keySchema) {
        TableRoute route = TableRoute.evenly(
                new TableId(nextTable.getAndIncrement()),
                keySchema,
                IntStream.range(0, SHARDS).mapToObj(ShardId::new).toList());
        for (TableRoute.Partition partition : route.partitions()) {
            control(partition.shard(), new Command.OpenPartition(route.tableId(), keySchema, partition.range()));
        }
        routes.put(name, route);
        return route;
    }

    /** The shards take no more commands for it; who remembers its route has not heard of that yet. */
    public void closeTable(String name) {
        TableRoute route = routes.remove(name);
        remembered.put(name, route);
        route.shards().forEach(shard -> control(shard, new Command.CloseTable(route.tableId())));
    }

    /** A router that has not heard yet what became of a table. */
    public void rememberInstead(String name, TableRoute old) {
        remembered.put(name, old);
    }

    private void control(ShardId shard, Command command) {
        NodeRequest write =
                new NodeRequest.Write(shard, WalCodec.encodeControl(Envelope.of(RequestId.random(random), command)));
        node.call(write, DEADLINE).toCompletableFuture().join();
    }

    @Override
    public void close() {
        client.close();
        node.close();
        replicas.close();
        log.close();
    }
}
