package io.tidemark.launcher.bench;

import io.tidemark.launcher.output.ProgressBar;
import io.tidemark.launcher.output.Terminal;
import io.tidemark.log.Log;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.key.ItemKey;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeReply.ReplicaStatus;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.node.StorageNode;
import io.tidemark.schema.wire.WalPayload;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Fills the table, stops the node of one zone, and measures how long it takes to serve everything again. */
final class Restart {
    private static final int MAX_IN_FLIGHT = 4_096;
    private static final Duration APPLY_LIMIT = Duration.ofMinutes(10);
    private static final Duration SERVE_LIMIT = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(10);

    private final BenchCluster cluster;
    private final int items;
    private final Terminal terminal;
    private final BenchReport report;
    private final SplittableRandom random;

    Restart(BenchCluster cluster, int items, Terminal terminal, BenchReport report, SplittableRandom random) {
        this.cluster = cluster;
        this.items = items;
        this.terminal = terminal;
        this.report = report;
        this.random = random;
    }

    void run() throws InterruptedException {
        fill();
        Zone zone = cluster.cluster().description().zones().getLast().zone();
        long stopStart = System.nanoTime();
        cluster.cluster().stopNode(zone);
        long start = System.nanoTime();
        cluster.cluster().startNode(zone);
        List<String> missing = cluster.cluster().awaitServing(SERVE_LIMIT);
        long end = System.nanoTime();
        if (!missing.isEmpty()) {
            throw new BenchException("the restarted node does not serve: " + String.join("; ", missing), null);
        }
        report.add(new Figure("items of the restarted zone", count(zone), "items"));
        report.add(new Figure("stop of the zone's node", seconds(start - stopStart), "s"));
        report.add(new Figure("restart until every shard serves", seconds(end - start), "s"));
    }

    /** Appends past the nodes, as fast as the log takes them, and waits until every zone has applied all. */
    private void fill() throws InterruptedException {
        Log wal = cluster.cluster().wal();
        Semaphore inFlight = new Semaphore(MAX_IN_FLIGHT);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        long start = System.nanoTime();
        try (ProgressBar progress = new ProgressBar(terminal, "items", items, "items", System::nanoTime)) {
            for (int key = 0; key < items && failure.get() == null; key++) {
                inFlight.acquire();
                WalPayload payload = Workload.put(cluster.route().tableId(), key, random);
                wal.append(cluster.route().shardOf(new ItemKey(payload.key())), payload)
                        .whenComplete((lsn, failed) -> {
                            if (failed != null) {
                                failure.compareAndSet(null, failed);
                            }
                            inFlight.release();
                            progress.add(1);
                        });
            }
            inFlight.acquire(MAX_IN_FLIGHT);
        }
        Throwable failed = failure.get();
        if (failed != null) {
            throw new BenchException("the table could not be filled: " + failed, failed);
        }
        for (Zone zone : zones()) {
            awaitApplied(zone, wal);
        }
        report.add(new Figure(
                "load, records a second applied by all zones",
                items / seconds(System.nanoTime() - start),
                "records/s"));
    }

    private List<Zone> zones() {
        return cluster.cluster().description().zones().stream()
                .map(nodes -> nodes.zone())
                .toList();
    }

    private void awaitApplied(Zone zone, Log wal) throws InterruptedException {
        long attempts = APPLY_LIMIT.dividedBy(POLL);
        for (int value = 0; value < wal.shardCount(); value++) {
            ShardId shard = new ShardId(value);
            Lsn end = wal.end(shard).toCompletableFuture().join();
            for (long attempt = 0; replica(zone, shard).nextLsn().isBefore(end); attempt++) {
                if (attempt == attempts) {
                    throw new BenchException(
                            "zone " + zone + " has not applied shard " + shard + " within " + APPLY_LIMIT.toMinutes()
                                    + " min",
                            null);
                }
                Thread.sleep(POLL);
            }
        }
    }

    private ReplicaStatus replica(Zone zone, ShardId shard) {
        return statuses(zone).stream()
                .filter(status -> status.shard().equals(shard))
                .findFirst()
                .orElseThrow(() -> new BenchException("zone " + zone + " has no shard " + shard, null));
    }

    private long count(Zone zone) {
        return statuses(zone).stream().mapToLong(ReplicaStatus::items).sum();
    }

    private List<ReplicaStatus> statuses(Zone zone) {
        StorageNode node = cluster.cluster().client().nodes().zone(zone).nodes().getFirst();
        NodeReply reply = node.call(new NodeRequest.Status(), STATUS_TIMEOUT)
                .toCompletableFuture()
                .orTimeout(2 * STATUS_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .join();
        return ((NodeReply.StatusResult) reply).replicas();
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
