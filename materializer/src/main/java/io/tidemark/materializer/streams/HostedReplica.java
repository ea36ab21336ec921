package io.tidemark.materializer.streams;

import io.tidemark.materializer.core.Transition;
import io.tidemark.materializer.store.DamagedStoreException;
import io.tidemark.materializer.store.Replica;
import io.tidemark.materializer.store.ReplicaReader;
import io.tidemark.materializer.store.ReplicaSnapshot;
import io.tidemark.materializer.store.StoreClosedException;
import io.tidemark.materializer.store.StoreUnavailableException;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.node.NodeReply.ReplicaState;
import io.tidemark.schema.node.NodeReply.ReplicaStatus;
import io.tidemark.schema.wire.WalRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shard's replica on this node, through all that happens to it: opened, restored, serving, failed, set aside, closed and
 * opened again. Methods that say "owner" are for the thread that has the task; the others are for any.
 *
 * <p>A replica that failed stays where it is and lets records pass, so that the thread's other replicas go on; nothing is lost,
 * since its position is its own and the log has the rest. Only a full or failing disk is tried again by itself.
 */
final class HostedReplica {
    /** How long a replica whose disk failed waits before it is opened again. */
    static final Duration REOPEN_AFTER = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(HostedReplica.class);

    private final ShardId shard;
    private final ReplicaHost host;
    private final AppliedWaiters waiters;
    private volatile @Nullable Replica replica;
    private volatile ReplicaCondition condition = new ReplicaCondition(ReplicaState.RESTORING, "not opened yet", false);
    private volatile @Nullable String quarantineReason;
    private volatile @Nullable Path directory;
    private volatile Optional<String> evidence = Optional.empty();
    private volatile Lsn lastLsn = Lsn.FIRST;
    /** Everything before it is applied, and captured if it was a barrier: moves a moment after the store's own position. */
    private volatile Lsn settledLsn = Lsn.FIRST;

    private @Nullable Instant reopenAt;
    private Instant lastFlush = Instant.EPOCH;
    private boolean wipe;

    HostedReplica(ShardId shard, ReplicaHost host) {
        this.shard = shard;
        this.host = host;
        this.waiters = new AppliedWaiters(shard, () -> settledLsn, host.gathering());
    }

    ShardId shard() {
        return shard;
    }

    /** Whether this node has the replica, in whatever state. */
    boolean isPresent() {
        return directory != null;
    }

    /** Absent where the store could not be opened. */
    @Nullable
    ReplicaReader reader() {
        Replica current = replica;
        return current == null ? null : current.reader();
    }

    Lsn nextLsn() {
        Replica current = replica;
        return current == null ? lastLsn : current.nextLsn();
    }

    ReplicaStatus status() {
        ReplicaCondition current = condition;
        Replica open = replica;
        long items = 0;
        long rejected = 0;
        if (open != null) {
            ReplicaReader reader = open.reader();
            items = reader.itemCount();
            rejected = reader.rejectedCount();
        }
        return new ReplicaStatus(shard, current.state(), nextLsn(), items, rejected, current.detail(), evidence);
    }

    /**
     * Owner: opens the store, after setting it aside if it was condemned. A store that cannot be opened makes the replica failed.
     *
     * @throws io.tidemark.materializer.store.StoreInUseException if somebody has it open
     */
    void open(Path storeDirectory) {
        directory = storeDirectory;
        String reason = quarantineReason;
        try {
            if (reason != null || wipe) {
                setAside(storeDirectory, reason == null ? "Kafka Streams found its position invalid" : reason);
            }
            Replica opened = host.openReplica(shard, storeDirectory);
            settledLsn = opened.nextLsn();
            replica = opened;
            lastFlush = host.now();
            reopenAt = null;
            become(ReplicaState.RESTORING, reason == null ? "" : "rebuilding after quarantine: " + reason, false);
        } catch (DamagedStoreException | StoreUnavailableException e) {
            fail(e);
        }
    }

    private void setAside(Path storeDirectory, String reason) {
        Optional<String> kept = host.setAside(shard, storeDirectory, lastLsn)
                .map(path -> path.toAbsolutePath().normalize().toString());
        LOG.atWarn()
                .addKeyValue("shard", shard)
                .addKeyValue("reason", reason)
                .addKeyValue("evidence", kept.orElse("none"))
                .log("replica set aside; it is rebuilt");
        evidence = kept;
        wipe = false;
        quarantineReason = null;
    }

    /** Owner: the LSN applied last, absent where there is none. */
    Optional<Lsn> lastApplied() {
        Replica current = replica;
        if (current == null || current.nextLsn().equals(Lsn.FIRST)) {
            return Optional.empty();
        }
        return Optional.of(new Lsn(current.nextLsn().offset() - 1));
    }

    /**
     * Owner: applies records, unless the replica failed or is condemned. Records before them that are missing are looked for where
     * the log no longer has them.
     */
    void apply(List<WalRecord> records) {
        if (replica == null || !condition.admitsRecords() || records.isEmpty()) {
            return;
        }
        if (records.getFirst().lsn().isAfter(nextLsn())) {
            restore(records);
        } else {
            applyNext(records);
        }
    }

    private void applyNext(List<WalRecord> records) {
        Replica current = replica;
        if (current == null || !condition.admitsRecords()) {
            return;
        }
        try {
            List<Transition> transitions = current.applyAll(records);
            if (!transitions.isEmpty()) {
                settledLsn = current.nextLsn();
                waiters.advance(settledLsn);
                host.tellApplied(shard, transitions);
            }
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** Owner: as {@link #apply}, of records that Kafka Streams restores from. */
    void restore(List<WalRecord> records) {
        if (replica != null && condition.admitsRecords()) {
            try {
                host.holes().feed(shard, nextLsn(), records, this::applyNext);
            } catch (StoreUnavailableException e) {
                fail(e);
            }
        }
    }

    private void fail(RuntimeException cause) {
        LOG.atError()
                .addKeyValue("shard", shard)
                .addKeyValue("nextLsn", nextLsn())
                .setCause(cause)
                .log("replica failed; it stops here, the node's others go on");
        if (cause instanceof StoreUnavailableException) {
            reopenAt = host.now().plus(REOPEN_AFTER);
        }
        become(ReplicaState.FAILED, String.valueOf(cause.getMessage()), cause instanceof DamagedStoreException);
    }

    /** Owner: everything that Kafka Streams restores is applied. */
    void serve() {
        if (condition.state() == ReplicaState.RESTORING && replica != null) {
            become(ReplicaState.SERVING, "", false);
        }
    }

    /** Owner: the task does not run any more, it may be closed or restored again. */
    void stopServing() {
        if (condition.state() == ReplicaState.SERVING) {
            become(ReplicaState.RESTORING, "the task is suspended", false);
        }
    }

    /** Owner, every now and then: says whether the task must be closed and opened again. */
    boolean tick() {
        Instant now = host.now();
        Replica current = replica;
        if (current != null && condition.admitsRecords()) {
            current.captures().dropExpired();
            if (now.isAfter(lastFlush.plus(host.flushInterval()))) {
                lastFlush = now;
                flush(current);
            }
        }
        return mustReopen(now);
    }

    private boolean mustReopen(Instant now) {
        Instant due = reopenAt;
        return quarantineReason != null || (due != null && now.isAfter(due));
    }

    private void flush(Replica current) {
        try {
            current.store().startFlush();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** Owner: the store must start from nothing when it is opened next. */
    void wipeOnOpen() {
        wipe = true;
    }

    /** Owner: closes the store. */
    void close() {
        Replica current = replica;
        directory = null;
        if (current != null) {
            lastLsn = current.nextLsn();
            replica = null;
            current.close();
        }
        become(ReplicaState.RESTORING, "closed", false);
        waiters.fail(condition.notServing(shard));
        host.tellRemoved(shard);
    }

    void quarantine(String reason) {
        quarantineReason = reason;
        become(ReplicaState.QUARANTINED, reason, false);
        waiters.fail(condition.notServing(shard));
    }

    /** A replica that somebody condemns at that moment stays condemned until it is set aside. */
    private void become(ReplicaState state, String detail, boolean damaged) {
        synchronized (this) {
            if (quarantineReason != null && state != ReplicaState.QUARANTINED) {
                return;
            }
            condition = new ReplicaCondition(state, detail, damaged);
        }
        if (state == ReplicaState.FAILED) {
            waiters.fail(condition.notServing(shard));
        }
        host.tellState(shard, state, detail);
    }

    void requireServing() {
        if (condition.state() != ReplicaState.SERVING) {
            throw condition.notServing(shard);
        }
    }

    CompletionStage<Void> awaitApplied(Lsn nextLsn, Duration deadline) {
        if (!isPresent() || !condition.admitsRecords()) {
            return CompletableFuture.failedStage(condition.notServing(shard));
        }
        return waiters.await(nextLsn, deadline);
    }

    ReplicaSnapshot captured(Lsn barrier) {
        requireServing();
        Replica current = replica;
        if (current == null || !settledLsn.isAfter(barrier)) {
            throw ReplicaCondition.notApplied(shard, barrier);
        }
        try {
            return current.captures().find(barrier).orElseThrow(() -> ReplicaCondition.expired(shard, barrier));
        } catch (StoreClosedException e) {
            throw ReplicaCondition.closing(shard, e);
        }
    }
}
