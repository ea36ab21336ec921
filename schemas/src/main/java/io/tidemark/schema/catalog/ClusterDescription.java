package io.tidemark.schema.catalog;

import io.tidemark.schema.Zone;
import java.net.URI;
import java.util.List;

/**
 * What a client needs to know of a cluster before its first request.
 *
 * @param zones in the order that decides the preferred zone of shard {@code s}: number {@code s mod zones}
 * @param shardCount shards of the write-ahead log, numbered from 0
 * @param version of the process that answered
 */
public record ClusterDescription(List<ZoneNodes> zones, int shardCount, String version) {

    /** The storage nodes of one zone. */
    public record ZoneNodes(Zone zone, List<URI> nodes) {
        public ZoneNodes {
            nodes = List.copyOf(nodes);
        }
    }

    public ClusterDescription {
        zones = List.copyOf(zones);
        if (zones.isEmpty() || shardCount < 1) {
            throw new IllegalArgumentException(
                    "a cluster has at least one zone and one shard, not " + zones.size() + " and " + shardCount);
        }
    }
}
