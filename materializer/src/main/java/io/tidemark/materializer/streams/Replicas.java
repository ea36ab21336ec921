package io.tidemark.materializer.streams;

import io.tidemark.materializer.store.ReplicaReader;
import io.tidemark.materializer.store.ReplicaSnapshot;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.node.NodeReply.ReplicaStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The replicas that this node has of its zone. Thread-safe; never blocks.
 *
 * <p>Failures are {@link io.tidemark.schema.node.NodeException}s: NOT_SERVING where the node has no serving replica of the shard
 * (the message says why), CORRUPT where it does not serve because its data at rest is damaged, OVERLOADED where too many callers wait, TIMEOUT at the deadline, EXPIRED where a capture is gone.
 */
public interface Replicas {
    Zone zone();

    /** Of every replica that the node has, by shard. */
    List<ReplicaStatus> statuses();

    /** Fails as {@link #reader} does where the node has no serving replica of the shard; much cheaper. */
    void requireServing(ShardId shard);

    /**
     * A reader of a serving replica. Use it for one request, then ask again: it throws {@link
     * io.tidemark.materializer.store.StoreClosedException} once the shard has moved.
     */
    ReplicaReader reader(ShardId shard);

    /**
     * Completes once the replica has applied everything before {@code nextLsn}; waits while the replica is restoring. It
     * completes on the thread that applies, which must not be held up: do what follows elsewhere.
     *
     * @param deadline from now
     */
    CompletionStage<Void> awaitApplied(ShardId shard, Lsn nextLsn, Duration deadline);

    /** To be told who waits for records to be applied in any other way than by {@link #awaitApplied}, which tells it itself. */
    Gathering gathering();

    /**
     * The state right after the VERIFY barrier at that LSN; the caller closes it. Fails at once with EXPIRED where the barrier is
     * applied but its capture is not held (any more), and with NOT_SERVING where it is not applied: use {@link #awaitApplied} first.
     */
    ReplicaSnapshot captured(ShardId shard, Lsn barrier);

    /** Stops serving the shard, sets its store aside as evidence, and rebuilds it from the log. Returns before that is done. */
    void quarantine(ShardId shard, String reason);

    /** From then on the listener is told; there may be several. */
    void addListener(ReplicaListener listener);
}
