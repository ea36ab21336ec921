package io.tidemark.client;

import io.tidemark.client.ClusterNodes.ZoneNodes;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.node.StorageNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Decides in which order nodes are asked for a shard: the preferred zone first, then the others in turn, zones that failed
 * lately last; in each zone first the node that served the shard before. Thread-safe.
 */
final class ShardPlan {
    /** One node to ask. */
    record Target(int zoneNumber, ZoneNodes zone, int nodeNumber) {
        StorageNode node() {
            return zone.nodes().get(nodeNumber);
        }
    }

    private record ShardInZone(int zoneNumber, ShardId shard) {}

    private final ClusterNodes nodes;
    private final Suspicions<Integer> zones;
    private final Suspicions<ShardInZone> shardsInZones;
    private final ConcurrentMap<ShardInZone, Integer> servingNode = new ConcurrentHashMap<>();

    ShardPlan(ClusterNodes nodes, ClientConfig config, LongSupplier nanoTime) {
        this.nodes = nodes;
        this.zones = new Suspicions<>(config.suspicion(), nanoTime);
        this.shardsInZones = new Suspicions<>(config.suspicion(), nanoTime);
    }

    /** One round: every node once. */
    Deque<Target> round(ShardId shard) {
        int count = nodes.zones().size();
        int preferred = nodes.preferredZone(shard);
        List<Integer> trusted = new ArrayList<>(count);
        List<Integer> suspected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int zone = (preferred + i) % count;
            boolean avoid = zones.avoid(zone) || shardsInZones.avoid(new ShardInZone(zone, shard));
            (avoid ? suspected : trusted).add(zone);
        }
        Deque<Target> round = new ArrayDeque<>();
        trusted.forEach(zone -> addNodes(round, zone, shard));
        suspected.forEach(zone -> addNodes(round, zone, shard));
        return round;
    }

    /** The nodes of one zone, each once. */
    Deque<Target> zoneRound(int zoneNumber, ShardId shard) {
        Deque<Target> round = new ArrayDeque<>();
        addNodes(round, zoneNumber, shard);
        return round;
    }

    private void addNodes(Deque<Target> round, int zoneNumber, ShardId shard) {
        ZoneNodes zone = nodes.zones().get(zoneNumber);
        int first = servingNode.getOrDefault(new ShardInZone(zoneNumber, shard), 0);
        for (int i = 0; i < zone.nodes().size(); i++) {
            round.add(new Target(zoneNumber, zone, (first + i) % zone.nodes().size()));
        }
    }

    void served(Target target, ShardId shard) {
        ShardInZone place = new ShardInZone(target.zoneNumber(), shard);
        zones.clear(target.zoneNumber());
        shardsInZones.clear(place);
        if (servingNode.getOrDefault(place, 0) != target.nodeNumber()) {
            servingNode.put(place, target.nodeNumber());
        }
    }

    /** The node did not answer: whatever else is there may be as bad. */
    void didNotAnswer(Target target) {
        zones.add(target.zoneNumber());
    }

    /** The node answered that it has no serving replica, or could not be connected to. */
    void doesNotServe(Target target, ShardId shard) {
        shardsInZones.add(new ShardInZone(target.zoneNumber(), shard));
    }
}
