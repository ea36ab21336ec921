package io.tidemark.materializer.streams;

import io.tidemark.materializer.core.Transition;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.node.NodeReply.ReplicaState;
import java.util.List;

/** Told what the replicas of a node do, on the thread that owns the replica: must return at once and never throw. */
public interface ReplicaListener {
    /**
     * After the transitions were committed and became readable; of a restoring replica too. In LSN order, each once for as long
     * as the replica stays open.
     */
    void applied(ShardId shard, List<Transition> transitions);

    /** @param detail why it is not serving; empty if it is */
    void stateChanged(ShardId shard, ReplicaState state, String detail);

    /** The node does not have the replica any more. */
    void removed(ShardId shard);
}
