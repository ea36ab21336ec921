package io.tidemark.materializer.streams.testing;

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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Replicas in memory that follow a log, one thread each: a zone without Kafka. They can be paused, and taken away. */
public final class MemoryZone implements Replicas, AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);

    private final Zone zone;
    private final Map<ShardId, Follower> followers = new ConcurrentHashMap<>();
    private final List<ReplicaListener> listeners = new CopyOnWriteArrayList<>();
    /** Held while records are applied: whoever takes it pauses the zone. */
    private final Lock applying = new ReentrantLock();

    /** @param log closed by whoever opened it, after this */
    public MemoryZone(Zone zone, Log log) {
        this.zone = zone;
        for (int shard = 0; shard < log.shardCount(); shard++) {
            ShardId id = new ShardId(shard);
            followers.put(id, new Follower(id, log));
        }
        followers.values().forEach(Follower::start);
    }

    private record AppliedWaiter(Lsn nextLsn, CompletableFuture<Void> applied) {}

    private final class Follower implements AutoCloseable {
        private final ShardId shard;
        private final LogReader records;
        private final Replica replica;
        private final Thread thread;
        private final List<AppliedWaiter> waiters = new ArrayList<>();
        private volatile boolean closed;

        Follower(ShardId shard, Log log) {
            this.shard = shard;
            this.records = log.read(shard, Lsn.FIRST);
            this.replica = new Replica(new MemoryReplicaStore(shard), InstantSource.system());
            this.thread = new Thread(this::follow, "follower-" + zone + "-" + shard);
        }

        void start() {
            thread.start();
        }

        private void follow() {
            while (!closed) {
                List<WalRecord> next = records.poll(POLL);
                applying.lock();
                try {
                    if (!next.isEmpty() && !closed) {
                        List<Transition> transitions = replica.applyAll(next);
                        listeners.forEach(listener -> listener.applied(shard, transitions));
                    }
                } finally {
                    applying.unlock();
                }
                completeWaiters();
            }
        }

        private void completeWaiters() {
            List<AppliedWaiter> done = new ArrayList<>();
            synchronized (waiters) {
                waiters.removeIf(waiter -> {
                    boolean reached = !replica.nextLsn().isBefore(waiter.nextLsn());
                    if (reached) {
                        done.add(waiter);
                    }
                    return reached;
                });
            }
            done.forEach(waiter -> waiter.applied().complete(null));
        }

        CompletionStage<Void> await(Lsn nextLsn) {
            CompletableFuture<Void> applied = new CompletableFuture<>();
            synchronized (waiters) {
                waiters.add(new AppliedWaiter(nextLsn, applied));
            }
            return applied;
        }

        @Override
        public void close() {
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

    /** Nothing is applied until the result is closed; by the same thread. */
    public AutoCloseable pause() {
        applying.lock();
        return applying::unlock;
    }

    /** As a rebalance does. */
    public void takeAway(ShardId shard) {
        Follower follower = followers.remove(shard);
        listeners.forEach(listener -> listener.removed(shard));
        follower.close();
    }

    /** Tells the listeners; the replica stays as it is. */
    public void say(ShardId shard, ReplicaState state, String detail) {
        listeners.forEach(listener -> listener.stateChanged(shard, state, detail));
    }

    private Follower follower(ShardId shard) {
        Follower follower = followers.get(shard);
        if (follower == null) {
            throw new NodeException(Kind.NOT_SERVING, "no replica of shard " + shard + " here");
        }
        return follower;
    }

    @Override
    public Zone zone() {
        return zone;
    }

    @Override
    public List<ReplicaStatus> statuses() {
        return followers.values().stream()
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
        say(shard, ReplicaState.QUARANTINED, reason);
    }

    @Override
    public void addListener(ReplicaListener listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        followers.values().forEach(Follower::close);
    }
}
