package io.tidemark.catalog.reconcile;

import io.tidemark.catalog.ShardCaller;
import io.tidemark.log.LogReader;
import io.tidemark.log.MemoryLog;
import io.tidemark.materializer.core.TableState;
import io.tidemark.materializer.core.Transition;
import io.tidemark.materializer.store.MemoryReplicaStore;
import io.tidemark.materializer.store.Replica;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
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

/** The shards of a cluster in this process's memory, each with one real replica that serves writes. */
final class MemoryShards implements ShardCaller, AutoCloseable {
    private final MemoryLog wal;
    private final List<Replica> replicas = new ArrayList<>();

    MemoryShards(int shardCount, InstantSource clock) {
        wal = new MemoryLog(shardCount, clock);
        for (int shard = 0; shard < shardCount; shard++) {
            replicas.add(new Replica(new MemoryReplicaStore(new ShardId(shard)), clock));
        }
    }

    MemoryLog wal() {
        return wal;
    }

    @Override
    public CompletionStage<NodeReply> call(ShardId shard, NodeRequest request) {
        if (request instanceof NodeRequest.Write write) {
            return CompletableFuture.completedFuture(write(shard, write.payload()));
        }
        throw new IllegalArgumentException("only writes are served here: " + request);
    }

    synchronized NodeReply.Written write(ShardId shard, WalPayload payload) {
        Lsn lsn = wal.append(shard, payload).toCompletableFuture().join();
        return applyAll(shard).stream()
                .filter(transition -> transition.lsn().equals(lsn))
                .findFirst()
                .map(transition -> new NodeReply.Written(transition.outcomeLsn(), transition.outcome()))
                .orElseThrow();
    }

    /** What the shard has open of the table, after all that is in its log; empty if nothing. */
    synchronized List<HashRange> openRanges(ShardId shard, TableId tableId) {
        applyAll(shard);
        return replicas.get(shard.value())
                .reader()
                .table(tableId)
                .filter(TableState::open)
                .map(TableState::ranges)
                .orElse(List.of());
    }

    /** Whether the shard knows anything of the table, open or closed. */
    synchronized boolean knows(ShardId shard, TableId tableId) {
        applyAll(shard);
        return replicas.get(shard.value()).reader().table(tableId).isPresent();
    }

    synchronized long items(ShardId shard) {
        applyAll(shard);
        return replicas.get(shard.value()).reader().itemCount();
    }

    private List<Transition> applyAll(ShardId shard) {
        Replica replica = replicas.get(shard.value());
        List<Transition> transitions = new ArrayList<>();
        Lsn end = wal.end(shard).toCompletableFuture().join();
        try (LogReader reader = wal.read(shard, replica.nextLsn())) {
            while (replica.nextLsn().isBefore(end)) {
                for (WalRecord record : reader.poll(Duration.ofSeconds(1))) {
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
        wal.close();
    }
}
