package io.tidemark.catalog.expiry;

import io.tidemark.log.Log;
import io.tidemark.log.LogReader;
import io.tidemark.materializer.core.Transition;
import io.tidemark.materializer.store.MemoryReplicaStore;
import io.tidemark.materializer.store.Replica;
import io.tidemark.materializer.store.ReplicaReader;
import io.tidemark.materializer.store.ReplicaSnapshot;
import io.tidemark.materializer.streams.Gathering;
import io.tidemark.materializer.streams.ReplicaListener;
import io.tidemark.materializer.streams.Replicas;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeReply.ReplicaStatus;
import io.tidemark.schema.wire.WalRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A zone with a real replica of each shard in memory, each applied by a thread that follows the log. */
final class FollowedReplicas implements Replicas, AutoCloseable {
    private static final Zone ZONE = new Zone("a");
    private static final Duration POLL = Duration.ofMillis(20);

    private final List<Follower> followers = new ArrayList<>();
    private final List<ReplicaListener> listeners = new CopyOnWriteArrayList<>();

    FollowedReplicas(Log log) {
        for (int shard = 0; shard < log.shardCount(); shard++) {
            followers.add(new Follower(new ShardId(shard), log));
        }
        followers.forEach(follower -> follower.thread.start());
    }

    private record Waiter(Lsn nextLsn, CompletableFuture<Void> applied) {}

    private final class Follower implements AutoCloseable {
        private final ShardId shard;
        private final LogReader records;
        private final Replica replica;
        private final Thread thread;
        private final List<Waiter> waiters = new ArrayList<>();
        private volatile boolean closed;

        Follower(ShardId shard, Log log) {
            this.shard = shard;
            this.records = log.read(shard, Lsn.FIRST);
            this.replica = new Replica(new MemoryReplicaStore(shard), InstantSource.system());
            this.thread = new Thread(this::follow, "follower-" + shard);
        }

        private void follow() {
            while (!closed) {
                List<WalRecord> next = records.poll(POLL);
                if (!next.isEmpty()) {
                    List<Transition> transitions = replica.applyAll(next);
                    listeners.forEach(listener -> listener.applied(shard, transitions));
                }
                List<Waiter> reached;
                synchronized (waiters) {
                    reached = waiters.stream()
                            .filter(waiter -> !replica.nextLsn().isBefore(waiter.nextLsn()))
                            .toList();
                    waiters.removeAll(reached);
                }
                reached.forEach(waiter -> waiter.applied().complete(null));
            }
        }

        CompletionStage<Void> await(Lsn nextLsn) {
            CompletableFuture<Void> applied = new CompletableFuture<>();
            synchronized (waiters) {
                waiters.add(new Waiter(nextLsn, applied));
            }
            return applied;
        }

        @Override
        public void close() {
            closed = true;
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            replica.close();
            records.close();
        }
    }

    private Follower follower(ShardId shard) {
        return followers.get(shard.value());
    }

    @Override
    public Zone zone() {
        return ZONE;
    }

    @Override
    public List<ReplicaStatus> statuses() {
        return List.of();
    }

    @Override
    public void requireServing(ShardId shard) {}

    @Override
    public ReplicaReader reader(ShardId shard) {
        return follower(shard).replica.reader();
    }

    @Override
    public CompletionStage<Void> awaitApplied(ShardId shard, Lsn nextLsn, Duration deadline) {
        return follower(shard).await(nextLsn);
    }

    @Override
    public Gathering gathering() {
        return new Gathering(Gathering.PAUSE);
    }

    @Override
    public ReplicaSnapshot captured(ShardId shard, Lsn barrier) {
        throw new NodeException(NodeException.Kind.EXPIRED, "nothing is captured here");
    }

    @Override
    public void quarantine(ShardId shard, String reason) {
        throw new NodeException(NodeException.Kind.NOT_SERVING, reason);
    }

    @Override
    public void addListener(ReplicaListener listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        followers.forEach(Follower::close);
    }
}
