package io.tidemark.router.testing;

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
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply.ReplicaState;
import io.tidemark.schema.node.NodeReply.ReplicaStatus;
import io.tidemark.schema.wire.WalRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** The replicas of a zone, in memory, each following its shard of a log on a thread of its own. */
final class FollowingReplicas implements Replicas, AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(5);

    private final Zone zone;
    private final List<Follower> followers;
    private final List<ReplicaListener> listeners = new CopyOnWriteArrayList<>();

    FollowingReplicas(Zone zone, Log log) {
        this.zone = zone;
        this.followers = IntStream.range(0, log.shardCount())
                .mapToObj(shard -> new Follower(new ShardId(shard), log))
                .toList();
        followers.forEach(Follower::start);
    }

    private record Waiter(Lsn nextLsn, CompletableFuture<Void> applied) {}

    private final class Follower {
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

        void start() {
            thread.start();
        }

        private void follow() {
            while (!closed) {
                List<WalRecord> next = records.poll(POLL);
                if (!next.isEmpty()) {
                    List<Transition> transitions = replica.applyAll(next);
                    listeners.forEach(listener -> listener.applied(shard, transitions));
                }
                completeWaiters();
            }
        }

        private void completeWaiters() {
            List<Waiter> done;
            synchronized (waiters) {
                done = waiters.stream()
                        .filter(waiter -> !replica.nextLsn().isBefore(waiter.nextLsn()))
                        .toList();
                waiters.removeAll(done);
            }
            done.forEach(waiter -> waiter.applied().complete(null));
        }

        CompletionStage<Void> await(Lsn nextLsn) {
            CompletableFuture<Void> applied = new CompletableFuture<>();
            synchronized (waiters) {
                waiters.add(new Waiter(nextLsn, applied));
            }
            return applied;
        }

        void close() {
            closed = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
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
        return zone;
    }

    @Override
    public List<ReplicaStatus> statuses() {
        return followers.stream()
                .map(follower -> new ReplicaStatus(
                        follower.shard,
                        ReplicaState.SERVING,
                        follower.replica.nextLsn(),
                        follower.replica.reader().itemCount(),
                        follower.replica.reader().rejectedCount(),
                        "",
                        Optional.empty()))
                .toList();
    }

    @Override
    public void requireServing(ShardId shard) {
        follower(shard);
    }

    @Override
    public ReplicaReader reader(ShardId shard) {
        return follower(shard).replica.reader();
    }

    /** Leaves the deadline to the caller. */
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
        return follower(shard)
                .replica
                .captures()
                .find(barrier)
                .orElseThrow(() -> new NodeException(Kind.EXPIRED, "no capture at " + barrier));
    }

    @Override
    public void quarantine(ShardId shard, String reason) {
        throw new NodeException(Kind.NOT_SERVING, "shard " + shard + " cannot be rebuilt here: " + reason);
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
