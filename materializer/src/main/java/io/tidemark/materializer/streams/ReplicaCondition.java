package io.tidemark.materializer.streams;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply.ReplicaState;

/**
 * How a replica is.
 *
 * @param detail why it is not serving; empty if it is
 * @param damaged whether only a rebuild helps
 */
record ReplicaCondition(ReplicaState state, String detail, boolean damaged) {
    /** Whether it applies what it is given. */
    boolean admitsRecords() {
        return switch (state) {
            case RESTORING, SERVING -> true;
            case QUARANTINED, FAILED -> false;
        };
    }

    /** What a caller is told who wanted it to serve. */
    NodeException notServing(ShardId shard) {
        String reason = detail.isEmpty() ? "" : ": " + detail;
        return new NodeException(
                damaged ? Kind.CORRUPT : Kind.NOT_SERVING,
                "the replica of shard " + shard + " is " + state + reason + ". Ask another zone");
    }

    /** What a caller is told who wanted the state at a barrier that it has not come to. */
    static NodeException notApplied(ShardId shard, Lsn barrier) {
        return new NodeException(
                Kind.NOT_SERVING, "the replica of shard " + shard + " has not applied the barrier at LSN " + barrier);
    }

    static NodeException closing(ShardId shard, Throwable cause) {
        return new NodeException(Kind.NOT_SERVING, "the replica of shard " + shard + " is being closed", cause);
    }

    /** What a caller is told who wanted the state at a barrier that it has let go. */
    static NodeException expired(ShardId shard, Lsn barrier) {
        return new NodeException(
                Kind.EXPIRED,
                "the state at LSN " + barrier + " of shard " + shard
                        + " is not held: it is no VERIFY barrier, or later ones took its place. Append a new barrier");
    }
}
