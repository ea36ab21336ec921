package io.tidemark.launcher.bench;

import io.tidemark.client.ClientConfig;
import io.tidemark.client.ClusterNodes;
import io.tidemark.client.NodeConnections;
import io.tidemark.client.RemoteStorageNode;
import io.tidemark.client.RouteSource;
import io.tidemark.client.TidemarkClient;
import io.tidemark.launcher.cluster.EmbeddedCluster;
import io.tidemark.launcher.cluster.EmbeddedClusterOptions;
import io.tidemark.launcher.cluster.StartProgress;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableSpec;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.node.StorageNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A cluster of three zones in this process with one table, and the ways to its nodes. */
final class BenchCluster implements AutoCloseable {
    private static final Duration TABLE_TIMEOUT = Duration.ofSeconds(60);

    private final EmbeddedCluster cluster;
    private final TableDescription table;
    private final NodeConnections connections = new NodeConnections();
    private final TidemarkClient client;

    private BenchCluster(EmbeddedCluster cluster, TableDescription table, SplittableRandom random) {
        this.cluster = cluster;
        this.table = table;
        List<ClusterNodes.ZoneNodes> zones = cluster.description().zones().stream()
                .map(zone -> new ClusterNodes.ZoneNodes(
                        zone.zone(),
                        zone.nodes().stream()
                                .<StorageNode>map(uri -> new RemoteStorageNode(connections, uri))
                                .toList()))
                .toList();
        ClusterNodes nodes = new ClusterNodes(zones, cluster.client().nodes().nearest());
        this.client = new TidemarkClient(nodes, new OneTable(table.route()), ClientConfig.DEFAULT, random);
    }

    static BenchCluster start(Path data, StartProgress progress, SplittableRandom random) {
        EmbeddedCluster cluster = EmbeddedCluster.start(EmbeddedClusterOptions.in(data), progress);
        try {
            TableSpec spec = TableSpec.of(Workload.TABLE_NAME, Workload.KEY_SCHEMA);
            TableDescription table = cluster.tables()
                    .createTable(spec, RequestId.random(random))
                    .thenCompose(created -> cluster.tables().awaitActive(created.name(), TABLE_TIMEOUT))
                    .toCompletableFuture()
                    .join();
            return new BenchCluster(cluster, table, random.split());
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    EmbeddedCluster cluster() {
        return cluster;
    }

    TableRoute route() {
        return table.route();
    }

    /** The node of the zone that is asked first, without the way over HTTP. */
    StorageNode preferredNode(ShardId shard) {
        ClusterNodes nodes = cluster.client().nodes();
        return nodes.zones().get(nodes.preferredZone(shard)).nodes().getFirst();
    }

    /** Reaches the nodes over HTTP. */
    TidemarkClient httpClient() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        connections.close();
        cluster.close();
    }

    /** The route of the only table, which does not change. */
    private record OneTable(TableRoute tableRoute) implements RouteSource {
        @Override
        public Optional<TableRoute> route(String tableName) {
            return tableName.equals(Workload.TABLE_NAME) ? Optional.of(tableRoute) : Optional.empty();
        }

        @Override
        public CompletionStage<Optional<TableRoute>> refresh(String tableName) {
            return CompletableFuture.completedStage(route(tableName));
        }
    }
}
