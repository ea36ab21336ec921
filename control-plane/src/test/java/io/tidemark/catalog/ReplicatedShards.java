package io.tidemark.catalog;

import io.tidemark.log.Log;
import io.tidemark.log.LogReader;
import io.tidemark.materializer.core.TableState;
import io.tidemark.materializer.core.Transition;
import io.tidemark.materializer.store.MemoryReplicaStore;
import io.tidemark.materializer.store.Replica;
import io.tidemark.materializer.store.ReplicaReader;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.wire.WalPayload;
import io.tidemark.schema.wire.WalRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The shards of a log, each with one real replica in memory that serves writes and source offsets. */
public final class ReplicatedShards implements ShardCaller, AutoCloseable {
    private static final Duration POLL_LIMIT = Duration.ofSeconds(10);

    private final Log wal;
    private final List<Replica> replicas = new ArrayList<>();

    /** @param wal stays the caller's to close */
    public ReplicatedShards(Log wal, InstantSource clock) {
        this.wal = wal;
        for (int shard = 0; shard < wal.shardCount(); shard++) {
            replicas.add(new Replica(new MemoryReplicaStore(new ShardId(shard)), clock));
        }
    }

    @Override
    public CompletionStage<NodeReply> call(ShardId shard, NodeRequest request) {
        return switch (request) {
            case NodeRequest.Write write -> CompletableFuture.completedFuture(write(shard, write.payload()));
            case NodeRequest.SourceOffsets offsets ->
                CompletableFuture.completedFuture(sourceOffsets(shard, offsets.bindingId()));
            default -> throw new IllegalArgumentException("not served here: " + request);
        };
    }

    private synchronized NodeReply.SourceOffsetsResult sourceOffsets(ShardId shard, int bindingId) {
        ReplicaReader reader = caughtUp(shard);
        return new NodeReply.SourceOffsetsResult(
                reader.sourceOffsets(bindingId), new NodeReply.Position(new Zone("a"), shard, reader.nextLsn()));
    }

    public synchronized NodeReply.Written write(ShardId shard, WalPayload payload) {
        Lsn lsn = wal.append(shard, payload).toCompletableFuture().join();
        return applyAll(shard).stream()
                .filter(transition -> transition.lsn().equals(lsn))
                .findFirst()
                .map(transition -> new NodeReply.Written(transition.outcomeLsn(), transition.outcome()))
                .orElseThrow();
    }

    /** What the shard has open of the table, after all that is in its log; empty if nothing. */
    public synchronized List<HashRange> openRanges(ShardId shard, TableId tableId) {
        return caughtUp(shard)
                .table(tableId)
                .filter(TableState::open)
                .map(TableState::ranges)
                .orElse(List.of());
    }

    /** Whether the shard knows anything of the table, open or closed. */
    public synchronized boolean knows(ShardId shard, TableId tableId) {
        return caughtUp(shard).table(tableId).isPresent();
    }

    /** Of all shards. */
    public synchronized long itemCount() {
        long items = 0;
        for (Replica replica : replicas) {
            items += caughtUp(replica.store().shard()).itemCount();
        }
        return items;
    }

    private ReplicaReader caughtUp(ShardId shard) {
        applyAll(shard);
        return replicas.get(shard.value()).reader();
    }

    private List<Transition> applyAll(ShardId shard) {
        Replica replica = replicas.get(shard.value());
        List<Transition> transitions = new ArrayList<>();
        Lsn end = wal.end(shard).toCompletableFuture().join();
        try (LogReader reader = wal.read(shard, replica.nextLsn())) {
            while (replica.nextLsn().isBefore(end)) {
                for (WalRecord record : reader.poll(POLL_LIMIT)) {
                    Optional<Transition> transition = replica.apply(record);
                    transition.ifPresent(transitions::add);
                }
            }
        }
        return transitions;
    }

    @Override
    public void close() {
        replicas.forEach(Replica::close);
    }
}
