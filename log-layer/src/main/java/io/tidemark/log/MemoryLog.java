package io.tidemark.log;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.WalPayload;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A log in this process's memory: as durable as the process. For tests, simulations and tools that replay a log; it keeps the
 * same contract as {@link KafkaLog}. Stages are complete when they are returned.
 */
public final class MemoryLog implements Log {
    /** Bytes that one shard holds at most; an append that does not fit is OVERLOADED until the shard is trimmed. */
    public static final long MAX_SHARD_BYTES = 1L << 30;

    private final List<MemoryShard> shards;

    /** @param clock gives records their log append time */
    public MemoryLog(int shardCount, InstantSource clock) {
        if (shardCount < 1 || shardCount > TopicSpec.MAX_PARTITIONS) {
            throw new IllegalArgumentException("a log has 1 to " + TopicSpec.MAX_PARTITIONS + " shards: " + shardCount);
        }
        List<MemoryShard> all = new ArrayList<>();
        for (int shard = 0; shard < shardCount; shard++) {
            all.add(new MemoryShard(new ShardId(shard), clock, MAX_SHARD_BYTES));
        }
        this.shards = List.copyOf(all);
    }

    @Override
    public int shardCount() {
        return shards.size();
    }

    @Override
    public CompletionStage<Lsn> append(ShardId shard, WalPayload payload) {
        MemoryShard memory = memory(shard);
        return stage(() -> memory.append(payload));
    }

    @Override
    public LogReader read(ShardId shard, Lsn from) {
        return memory(shard).read(from);
    }

    @Override
    public CompletionStage<Lsn> start(ShardId shard) {
        return stage(memory(shard)::start);
    }

    @Override
    public CompletionStage<Lsn> end(ShardId shard) {
        return stage(memory(shard)::end);
    }

    @Override
    public CompletionStage<Lsn> confirmedEnd(ShardId shard) {
        return end(shard);
    }

    @Override
    public CompletionStage<Lsn> trim(ShardId shard, Lsn before) {
        MemoryShard memory = memory(shard);
        return stage(() -> memory.trim(before));
    }

    @Override
    public void close() {
        shards.forEach(MemoryShard::close);
    }

    private MemoryShard memory(ShardId shard) {
        Shards.require(this, shard);
        return shards.get(shard.value());
    }

    private static CompletionStage<Lsn> stage(Supplier<Lsn> operation) {
        try {
            return CompletableFuture.completedStage(operation.get());
        } catch (LogException failure) {
            return CompletableFuture.failedStage(failure);
        }
    }
}
