package io.tidemark.launcher.cluster;

import io.tidemark.embedded.BrokersConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A cluster in one process.
 *
 * @param data folder of everything that the cluster keeps; created if it is not there
 * @param zones fixed with the first start of a folder
 * @param shards partitions of the write-ahead log; fixed with the first start of a folder
 * @param host to listen on
 * @param port of the control plane; 0 takes a free one. Everything but control plane and router listens on free ports
 * @param startTimeout for everything to serve
 */
public record EmbeddedClusterOptions(
        Path data, List<String> zones, int shards, String host, int port, RouterOptions router, Duration startTimeout) {
    public static final int DEFAULT_PORT = 8100;
    public static final int DEFAULT_SHARDS = 3;

    private static final String LOOPBACK = "127.0.0.1";

    public EmbeddedClusterOptions {
        zones = List.copyOf(zones);
        if (zones.isEmpty() || zones.size() > BrokersConfig.MAX_ZONES) {
            throw new IllegalArgumentException("a cluster has 1 to " + BrokersConfig.MAX_ZONES + " zones: " + zones);
        }
    }

    /** Three zones, control plane and router on free ports. */
    public static EmbeddedClusterOptions in(Path data) {
        return new EmbeddedClusterOptions(
                data,
                BrokersConfig.DEFAULT_ZONES,
                DEFAULT_SHARDS,
                LOOPBACK,
                0,
                RouterOptions.LOCAL,
                Duration.ofMinutes(2));
    }

    public EmbeddedClusterOptions withPort(int newPort) {
        return new EmbeddedClusterOptions(data, zones, shards, host, newPort, router, startTimeout);
    }

    public EmbeddedClusterOptions withRouter(RouterOptions newRouter) {
        return new EmbeddedClusterOptions(data, zones, shards, host, port, newRouter, startTimeout);
    }

    /** Named a, b, c and so on. */
    public EmbeddedClusterOptions withZones(int count) {
        List<String> names = IntStream.range(0, count)
                .mapToObj(index -> String.valueOf((char) ('a' + index)))
                .toList();
        return new EmbeddedClusterOptions(data, names, shards, host, port, router, startTimeout);
    }

    public EmbeddedClusterOptions withShards(int newShards) {
        return new EmbeddedClusterOptions(data, zones, newShards, host, port, router, startTimeout);
    }

    /** Copies of every record: in every zone, but no more than three. */
    int replicationFactor() {
        return Math.min(3, zones.size());
    }

    int minInsyncReplicas() {
        return Math.min(2, zones.size());
    }
}
