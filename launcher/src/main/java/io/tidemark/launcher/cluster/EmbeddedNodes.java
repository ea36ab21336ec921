package io.tidemark.launcher.cluster;

import io.tidemark.client.ClusterNodes;
import io.tidemark.launcher.roles.NodeRole;
import io.tidemark.log.KafkaConnection;
import io.tidemark.log.Log;
import io.tidemark.log.TopicSpec;
import io.tidemark.materializer.query.NodeServerConfig;
import io.tidemark.materializer.streams.TrimmedRecords;
import io.tidemark.materializer.streams.ZoneSettings;
import io.tidemark.schema.Zone;
import io.tidemark.schema.catalog.ClusterDescription;
import io.tidemark.schema.node.NodeReply.ReplicaState;
import io.tidemark.schema.node.NodeReply.ReplicaStatus;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator.SplittableGenerator;

/** The storage nodes of an embedded cluster, one in each zone. Each can be stopped and started again on its port. */
final class EmbeddedNodes implements AutoCloseable {
    private static final Duration SERVING_POLL = Duration.ofMillis(20);
    /** The order of creation is the order of zones; nothing else is random about it. */
    private final Map<Zone, NodeSlot> slots = new LinkedHashMap<>();

    private final Map<Zone, URI> uris = new LinkedHashMap<>();
    private final EmbeddedClusterOptions options;
    private final KafkaConnection connection;
    private final Log wal;
    private final TrimmedRecords trimmed;
    private final SplittableGenerator random;
    private final CompletableFuture<String> fault = new CompletableFuture<>();

    private EmbeddedNodes(
            EmbeddedClusterOptions options,
            KafkaConnection connection,
            Log wal,
            TrimmedRecords trimmed,
            SplittableGenerator random) {
        this.options = options;
        this.connection = connection;
        this.wal = wal;
        this.trimmed = trimmed;
        this.random = random;
        options.zones().forEach(name -> {
            Zone zone = new Zone(name);
            slots.put(zone, new NodeSlot(zone));
        });
    }

    /** @param random for one thread */
    static EmbeddedNodes start(
            EmbeddedClusterOptions options,
            KafkaConnection connection,
            Log wal,
            TrimmedRecords trimmed,
            SplittableGenerator random) {
        EmbeddedNodes nodes = new EmbeddedNodes(options, connection, wal, trimmed, random);
        try {
            inParallel(nodes.slots.keySet().stream()
                    .<Runnable>map(zone -> () -> nodes.start(zone))
                    .toList());
        } catch (RuntimeException e) {
            nodes.close();
            throw e;
        }
        return nodes;
    }

    static Path dataDirectory(Path data, Zone zone) {
        return data.resolve("nodes").resolve(zone.name());
    }

    /** Does nothing if it runs. */
    void start(Zone zone) {
        NodeSlot slot = slot(zone);
        SplittableGenerator own;
        int port;
        synchronized (this) {
            if (slot.role().isPresent()) {
                return;
            }
            own = random.split();
            port = uris.containsKey(zone) ? uris.get(zone).getPort() : 0;
        }
        ZoneSettings replicas = ZoneSettings.of(zone, connection, TopicSpec.WAL, dataDirectory(options.data(), zone));
        NodeRole role = NodeRole.start(
                new NodeRole.Settings(replicas, NodeServerConfig.of(options.host(), port)),
                wal,
                trimmed,
                own,
                Clock.systemUTC());
        CompletionStage<Throwable> failed = role.fault();
        failed.thenAccept(reason -> fault.complete("the node of zone " + zone + " had to give up: " + reason));
        synchronized (this) {
            slot.set(role);
            uris.put(zone, role.uri());
        }
    }

    /** Does nothing if it does not run. */
    void stop(Zone zone) {
        slot(zone).take().ifPresent(NodeRole::close);
    }

    /** All are as near; that one is asked first lets the others apply in larger batches. */
    ClusterNodes clusterNodes() {
        ClusterNodes nodes = new ClusterNodes(slots.entrySet().stream()
                .map(slot -> new ClusterNodes.ZoneNodes(slot.getKey(), List.of(slot.getValue())))
                .toList());
        return nodes.withNearest(nodes.zones().getFirst().zone());
    }

    List<ClusterDescription.ZoneNodes> description() {
        return slots.keySet().stream()
                .map(zone -> new ClusterDescription.ZoneNodes(zone, List.of(uris.get(zone))))
                .toList();
    }

    CompletionStage<String> fault() {
        return fault.minimalCompletionStage();
    }

    /**
     * Waits until every running node serves every shard.
     *
     * @return what does not serve at the end of the limit; empty if all does
     */
    List<String> awaitServing(Duration limit) throws InterruptedException {
        long attempts = 1 + limit.dividedBy(SERVING_POLL);
        List<String> missing = notServing();
        for (long attempt = 1; attempt < attempts && !missing.isEmpty(); attempt++) {
            Thread.sleep(SERVING_POLL);
            missing = notServing();
        }
        return missing;
    }

    private List<String> notServing() {
        List<String> missing = new ArrayList<>();
        slots.forEach((zone, slot) -> slot.role().ifPresent(role -> {
            List<ReplicaStatus> replicas = role.replicas();
            for (int shard = 0; shard < options.shards(); shard++) {
                int number = shard;
                String state = replicas.stream()
                        .filter(replica -> replica.shard().value() == number)
                        .findFirst()
                        .map(replica ->
                                replica.state() == ReplicaState.SERVING ? "" : replica.state() + " " + replica.detail())
                        .orElse("not assigned yet");
                if (!state.isEmpty()) {
                    missing.add("zone " + zone + " shard " + shard + ": " + state.strip());
                }
            }
        }));
        return missing;
    }

    private NodeSlot slot(Zone zone) {
        NodeSlot slot = slots.get(zone);
        if (slot == null) {
            throw new IllegalArgumentException("there is no zone " + zone + " among " + slots.keySet());
        }
        return slot;
    }

    @Override
    public void close() {
        inParallel(
                slots.keySet().stream().<Runnable>map(zone -> () -> stop(zone)).toList());
    }

    /** Runs all to their end, then throws what the first failed one threw. */
    static void inParallel(List<Runnable> tasks) {
        try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
            List<CompletableFuture<Void>> running = tasks.stream()
                    .map(task -> CompletableFuture.runAsync(task, threads))
                    .toList();
            CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
