package io.tidemark.simulation.process;

import io.tidemark.catalog.http.RemoteCatalog;
import io.tidemark.client.ClientConfig;
import io.tidemark.client.ClusterNodes;
import io.tidemark.client.NodeConnections;
import io.tidemark.client.TidemarkClient;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.catalog.CatalogException;
import io.tidemark.schema.catalog.ClusterDescription;
import io.tidemark.schema.catalog.TableSpec;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeReply.ReplicaState;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** A cluster as a program outside of it sees it: all over HTTP, beginning with the address of its control process. */
public final class RemoteCluster implements AutoCloseable {
    private static final Duration STATUS_LIMIT = Duration.ofSeconds(5);
    private static final Duration TABLE_LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);

    private final RemoteCatalog catalog;
    private final NodeConnections connections = new NodeConnections();
    private final ClusterDescription description;
    private final TidemarkClient client;
    private final RandomGenerator random;

    private RemoteCluster(
            RemoteCatalog catalog, ClusterDescription description, Map<Zone, URI> spareNodes, RandomGenerator random) {
        this.catalog = catalog;
        this.description = description;
        this.random = random;
        Map<Zone, List<URI>> nodes = new LinkedHashMap<>();
        description.zones().forEach(zone -> nodes.put(zone.zone(), new ArrayList<>(zone.nodes())));
        spareNodes.forEach((zone, node) -> nodes.get(zone).add(node));
        this.client =
                new TidemarkClient(ClusterNodes.remote(connections, nodes), catalog, ClientConfig.DEFAULT, random);
    }

    /** @param random for request ids; used by nobody else from now on */
    public static RemoteCluster connect(URI control, RandomGenerator random) {
        return connect(control, Map.of(), random);
    }

    /**
     * @param spareNodes that the control process does not know
     * @param random for request ids; used by nobody else from now on
     */
    static RemoteCluster connect(URI control, Map<Zone, URI> spareNodes, RandomGenerator random) {
        RemoteCatalog catalog = RemoteCatalog.connect(List.of(control));
        return new RemoteCluster(
                catalog, catalog.describeCluster().toCompletableFuture().join(), spareNodes, random);
    }

    public TidemarkClient client() {
        return client;
    }

    public ClusterDescription description() {
        return description;
    }

    /** Makes a table, or finds it, and waits until it serves. */
    public TableRoute table(String name, KeySchema keySchema) {
        try {
            catalog.createTable(TableSpec.of(name, keySchema), RequestId.random(random))
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof CatalogException refused)
                    || refused.kind() != CatalogException.Kind.TABLE_EXISTS) {
                throw e;
            }
        }
        return catalog.awaitActive(name, TABLE_LIMIT)
                .toCompletableFuture()
                .join()
                .route();
    }

    /** Waits until every zone serves every shard, whichever its nodes do. */
    public void awaitServing(Duration limit) throws InterruptedException {
        await(limit, this::everyZoneServes);
    }

    /** Waits until each node that is known serves a shard at least, and every zone every shard. */
    public void awaitServingByEveryNode(Duration limit) throws InterruptedException {
        await(
                limit,
                statuses -> everyZoneServes(statuses)
                        && statuses.stream().noneMatch(node -> serving(node).isEmpty()));
    }

    private void await(Duration limit, Predicate<List<TidemarkClient.NodeStatus>> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        List<TidemarkClient.NodeStatus> statuses =
                client.statusAsync(STATUS_LIMIT).join();
        while (!wanted.test(statuses)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("not served within " + limit + ": " + statuses);
            }
            Thread.sleep(POLL);
            statuses = client.statusAsync(STATUS_LIMIT).join();
        }
    }

    private boolean everyZoneServes(List<TidemarkClient.NodeStatus> statuses) {
        return client.nodes().zones().stream()
                .allMatch(zone -> statuses.stream()
                                .filter(node -> node.zone().equals(zone.zone()))
                                .flatMap(node -> serving(node).stream())
                                .distinct()
                                .count()
                        == description.shardCount());
    }

    private static List<ShardId> serving(TidemarkClient.NodeStatus node) {
        return node.status().stream()
                .flatMap(status -> status.replicas().stream())
                .filter(replica -> replica.state() == ReplicaState.SERVING)
                .map(NodeReply.ReplicaStatus::shard)
                .toList();
    }

    @Override
    public void close() {
        client.close();
        connections.close();
        catalog.close();
    }
}
