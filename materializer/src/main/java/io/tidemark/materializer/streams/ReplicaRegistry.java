package io.tidemark.materializer.streams;

import io.tidemark.schema.ShardId;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply.ReplicaStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The replicas that this node has or had, by shard. Thread-safe. */
final class ReplicaRegistry {
    private final ReplicaHost host;
    private final Map<ShardId, HostedReplica> replicas = new ConcurrentSkipListMap<>();

    ReplicaRegistry(ReplicaHost host) {
        this.host = host;
    }

    /** For the owner of the shard's task. */
    HostedReplica forOwner(ShardId shard) {
        return replicas.computeIfAbsent(shard, key -> new HostedReplica(key, host));
    }

    /** @throws NodeException with kind NOT_SERVING if this node does not have it */
    HostedReplica require(ShardId shard) {
        HostedReplica replica = replicas.get(shard);
        if (replica == null || !replica.isPresent()) {
            throw new NodeException(
                    Kind.NOT_SERVING, "this node has no replica of shard " + shard + ". Ask another node or zone");
        }
        return replica;
    }

    List<ReplicaStatus> statuses() {
        return replicas.values().stream()
                .filter(HostedReplica::isPresent)
                .map(HostedReplica::status)
                .toList();
    }
}
