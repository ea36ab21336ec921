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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The shards of a log, each with one real replica in memory that serves writes and source offsets. */
public final class ReplicatedShards implements ShardCaller, AutoCloseable {
    private static final Duration POLL_LIMIT = Duration.ofSeconds(10);

    private final Log wal;
    private final List<Replica> replicas = new ArrayList<>();
    private final List<LogReader> readers = new ArrayList<>();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    /** @param wal stays the caller's to close */
    public ReplicatedShards(Log wal, InstantSource clock) {
        this.wal = wal;
        for (int shard = 0; shard < wal.shardCount(); shard++) {
            replicas.add(new Replica(new MemoryReplicaStore(new ShardId(shard)), clock));
            readers.add(wal.read(new ShardId(shard), Lsn.FIRST));
        }
    }

    /** Never on the caller's thread, which may be the log's own. */
    @Override
    public CompletionStage<NodeReply> call(ShardId shard, NodeRequest request) {
        return CompletableFuture.supplyAsync(
                () -> switch (request) {
                    case NodeRequest.Write write -> write(shard, write.payload());
                    case NodeRequest.SourceOffsets offsets -> sourceOffsets(shard, offsets.bindingId());
                    default -> throw new IllegalArgumentException("not served here: " + request);
                },
                callers);
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
        LogReader reader = readers.get(shard.value());
        List<Transition> transitions = new ArrayList<>();
        Lsn end = wal.end(shard).toCompletableFuture().join();
        while (replica.nextLsn().isBefore(end)) {
            for (WalRecord record : reader.poll(POLL_LIMIT)) {
                Optional<Transition> transition = replica.apply(record);
                transition.ifPresent(transitions::add);
            }
        }
        return transitions;
    }

    @Override
    public void close() {
        callers.close();
        readers.forEach(LogReader::close);
        replicas.forEach(Replica::close);
    }
}
