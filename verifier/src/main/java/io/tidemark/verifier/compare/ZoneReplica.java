package io.tidemark.verifier.compare;

import io.tidemark.client.ClusterNodes.ZoneNodes;
import io.tidemark.materializer.store.ReplicaSnapshot;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeReply.ReplicaStatus;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.node.StorageNode;
import io.tidemark.verifier.report.ItemDifferences;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One shard's replica in one zone, on whichever of the zone's nodes it is. Calls block; thread-safe. */
public final class ZoneReplica {
    private static final Logger LOG = LoggerFactory.getLogger(ZoneReplica.class);
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(200);
    /** For requests that take no work. */
    private static final Duration SHORT_DEADLINE = Duration.ofSeconds(10);
    /** Beyond a request's own deadline, which the node keeps. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final ShardId shard;
    private final ZoneNodes nodes;
    private final Duration patience;
    private final LongSupplier nanoTime;

    /**
     * @param patience how long nodes are asked again while none of them has a serving replica
     * @param nanoTime monotonic, as {@link System#nanoTime}
     */
    public ZoneReplica(ShardId shard, ZoneNodes nodes, Duration patience, LongSupplier nanoTime) {
        this.shard = shard;
        this.nodes = nodes;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    public Zone zone() {
        return nodes.zone();
    }

    /** The replica's digest at a VERIFY barrier. Never fails: what went wrong is in the answer. */
    public ZoneAnswer digest(Lsn barrier, boolean deep, Duration deadline) {
        long start = nanoTime.getAsLong();
        try {
            NodeReply reply = call(new NodeRequest.Digest(shard, barrier, deep), deadline);
            return new ZoneAnswer.Digested((NodeReply.DigestResult) reply, since(start));
        } catch (NodeException e) {
            String detail = String.valueOf(e.getMessage());
            return e.kind() == Kind.CORRUPT
                    ? new ZoneAnswer.Unreadable(detail, since(start))
                    : new ZoneAnswer.Silent(e.kind(), detail, since(start));
        }
    }

    /**
     * Names the items in which this replica differs.
     *
     * @param reference at the position of the barrier
     * @param damage that the replica reported
     */
    public ItemDifferences drillDown(Lsn barrier, Set<Integer> lanes, ReplicaSnapshot reference, List<String> damage) {
        LanePages expected = new LanePages(after -> reference.laneEntries(lanes, after, NodeRequest.MAX_PAGE_ITEMS));
        LanePages actual = new LanePages(after -> laneEntries(barrier, lanes, after));
        return new DrillDown(new ItemNames(reference), damage).compare(expected, actual);
    }

    private NodeReply.LaneEntriesResult laneEntries(Lsn barrier, Set<Integer> lanes, Optional<Bytes> after) {
        return (NodeReply.LaneEntriesResult) call(
                new NodeRequest.LaneEntries(shard, barrier, lanes, after, NodeRequest.MAX_PAGE_ITEMS), SHORT_DEADLINE);
    }

    /**
     * Has the replica set aside and rebuilt; returns before it is.
     *
     * @throws NodeException if no node of the zone did so
     */
    public void quarantine(String reason) {
        call(new NodeRequest.Quarantine(shard, reason), SHORT_DEADLINE);
    }

    /** Absent where no node of the zone says that it has the replica. */
    public Optional<ReplicaStatus> status() {
        for (StorageNode node : nodes.nodes()) {
            try {
                NodeReply.StatusResult result =
                        (NodeReply.StatusResult) ask(node, new NodeRequest.Status(), SHORT_DEADLINE);
                Optional<ReplicaStatus> found = result.replicas().stream()
                        .filter(replica -> replica.shard().equals(shard))
                        .findFirst();
                if (found.isPresent()) {
                    return found;
                }
            } catch (NodeException e) {
                LOG.atDebug()
                        .addKeyValue("shard", shard)
                        .addKeyValue("zone", zone())
                        .setCause(e)
                        .log("a node does not tell its status; another of the zone may");
            }
        }
        return Optional.empty();
    }

    /** Asks every node of the zone, and again while the zone may be moving the replica. */
    private NodeReply call(NodeRequest request, Duration deadline) {
        long start = nanoTime.getAsLong();
        while (true) {
            @Nullable NodeException failure = null;
            for (StorageNode node : nodes.nodes()) {
                try {
                    return ask(node, request, deadline);
                } catch (NodeException e) {
                    if (!isPassing(e.kind())) {
                        throw e;
                    }
                    failure = worse(failure, e);
                }
            }
            if (failure != null && since(start).compareTo(patience) >= 0) {
                throw failure;
            }
            pause();
        }
    }

    private static NodeReply ask(StorageNode node, NodeRequest request, Duration deadline) {
        try {
            return node.call(request, deadline)
                    .toCompletableFuture()
                    .get(deadline.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NodeException failure) {
                throw failure;
            }
            throw new NodeException(Kind.INTERNAL, "unexpected: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new NodeException(Kind.TIMEOUT, "no answer within " + deadline.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for a node");
        }
    }

    private static boolean isPassing(Kind kind) {
        return switch (kind) {
            case NOT_SERVING, TIMEOUT, OVERLOADED -> true;
            case INVALID_REQUEST, UNKNOWN_TABLE, WRONG_RANGE, CORRUPT, EXPIRED, INTERNAL -> false;
        };
    }

    /** A node that merely lacks the shard says less than one that did not answer. */
    private static NodeException worse(@Nullable NodeException known, NodeException other) {
        return known == null || known.kind() == Kind.NOT_SERVING ? other : known;
    }

    private Duration since(long startNanos) {
        return Duration.ofNanos(nanoTime.getAsLong() - startNanos);
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_INTERVAL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for a node");
        }
    }
}
