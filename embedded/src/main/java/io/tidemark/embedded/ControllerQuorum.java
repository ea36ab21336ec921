package io.tidemark.embedded;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The controllers of one cluster, which must be the same for every broker of it. Their node ids must not change over the
 * life of the cluster; their addresses may.
 *
 * @param clusterId the cluster that they control
 * @param voters the controller address of each node id
 */
public record ControllerQuorum(ClusterId clusterId, SortedMap<Integer, HostAndPort> voters) {

    public ControllerQuorum {
        if (voters.isEmpty()) {
            throw new IllegalArgumentException("A cluster needs at least one controller");
        }
        voters.forEach((nodeId, address) -> {
            if (nodeId < 0 || address.port() == 0) {
                throw new IllegalArgumentException(
                        "A controller needs a node id of 0 or more and a known port, got " + nodeId + "@" + address);
            }
        });
        voters = Collections.unmodifiableSortedMap(new TreeMap<>(voters));
    }

    /** The number of brokers and controllers, which are the same nodes. */
    int size() {
        return voters.size();
    }

    /** As the setting {@code controller.quorum.voters} of Kafka: {@code 1@host:port,2@host:port}. */
    String toKafkaSetting() {
        return voters.entrySet().stream()
                .map((Map.Entry<Integer, HostAndPort> voter) -> voter.getKey() + "@" + voter.getValue())
                .collect(Collectors.joining(","));
    }
}
