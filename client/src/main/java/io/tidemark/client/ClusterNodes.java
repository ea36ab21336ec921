package io.tidemark.client;

import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.node.StorageNode;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The storage nodes of a cluster by zone. The nodes belong to whoever made them; nobody closes them through this object.
 *
 * @param zones in an order that is the same for everybody
 * @param nearest the zone asked first for every shard; without one the preferred zone of shard {@code s} is number
 *     {@code s mod zones}
 */
public record ClusterNodes(List<ZoneNodes> zones, Optional<Zone> nearest) {

    /** The nodes of one zone. Which of them serves a shard is found by asking. */
    public record ZoneNodes(Zone zone, List<StorageNode> nodes) {
        /** Bounds how many nodes are asked for one shard. */
        public static final int MAX_NODES = 64;

        public ZoneNodes {
            nodes = List.copyOf(nodes);
            if (nodes.isEmpty() || nodes.size() > MAX_NODES) {
                throw new IllegalArgumentException(
                        "zone " + zone + " must have 1 to " + MAX_NODES + " nodes, has " + nodes.size());
            }
        }
    }

    public ClusterNodes {
        zones = List.copyOf(zones);
        if (zones.isEmpty()) {
            throw new IllegalArgumentException("a cluster has at least one zone");
        }
        Set<Zone> names = new LinkedHashSet<>();
        for (ZoneNodes zone : zones) {
            if (!names.add(zone.zone())) {
                throw new IllegalArgumentException("zone given twice: " + zone.zone());
            }
        }
        nearest.ifPresent(zone -> {
            if (!names.contains(zone)) {
                throw new IllegalArgumentException("no zone " + zone + " among " + names);
            }
        });
    }

    /** No zone is nearer than another. */
    public ClusterNodes(List<ZoneNodes> zones) {
        this(zones, Optional.empty());
    }

    /** @throws IllegalArgumentException if there is no such zone */
    public ClusterNodes withNearest(Zone zone) {
        return new ClusterNodes(zones, Optional.of(zone));
    }

    /**
     * Nodes behind HTTP.
     *
     * @param nodesByZone in the order of the zones: a sorted or linked map
     */
    public static ClusterNodes remote(NodeConnections connections, Map<Zone, List<URI>> nodesByZone) {
        return new ClusterNodes(nodesByZone.entrySet().stream()
                .map(entry -> new ZoneNodes(
                        entry.getKey(),
                        entry.getValue().stream()
                                .<StorageNode>map(uri -> new RemoteStorageNode(connections, uri))
                                .toList()))
                .toList());
    }

    /** The number in {@link #zones} of the zone that serves the shard as long as it can. */
    public int preferredZone(ShardId shard) {
        return nearest.map(zone -> zones.indexOf(zone(zone))).orElseGet(() -> shard.value() % zones.size());
    }

    /** @throws IllegalArgumentException if there is no such zone */
    public ZoneNodes zone(Zone name) {
        return zones.stream()
                .filter(candidate -> candidate.zone().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no zone " + name + " among "
                        + zones.stream().map(ZoneNodes::zone).toList()));
    }
}
