package io.tidemark.materializer.streams;

import io.tidemark.materializer.core.Transition;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.node.NodeReply.ReplicaState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it is told. */
final class ListenerRecorder implements ReplicaListener {
    private final Map<ShardId, List<Lsn>> applied = new ConcurrentHashMap<>();
    private final List<ReplicaState> states = new CopyOnWriteArrayList<>();

    @Override
    public void applied(ShardId shard, List<Transition> transitions) {
        List<Lsn> lsns = applied.computeIfAbsent(shard, key -> new CopyOnWriteArrayList<>());
        lsns.addAll(transitions.stream().map(Transition::lsn).toList());
    }

    @Override
    public void stateChanged(ShardId shard, ReplicaState state, String detail) {
        states.add(state);
    }

    @Override
    public void removed(ShardId shard) {
        // The states say enough.
    }

    List<Lsn> applied(ShardId shard) {
        return applied.getOrDefault(shard, List.of());
    }

    List<ReplicaState> states() {
        return states;
    }
}
