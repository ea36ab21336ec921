package io.tidemark.materializer.store;

import io.tidemark.materializer.core.KeyedItem;
import io.tidemark.materializer.core.RememberedOutcome;
import io.tidemark.materializer.core.RememberedOutcome.Mark;
import io.tidemark.materializer.core.StoredItem;
import io.tidemark.materializer.core.TableState;
import io.tidemark.materializer.core.Transition;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.key.ItemKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A replica in memory, gone when it is closed. The second opinion on {@link RocksReplicaStore}: it works digests out from the
 * items each time rather than keep them up to date, and copies the whole state for each snapshot, so it is for small states.
 */
public final class MemoryReplicaStore implements ReplicaStore {
    private final ShardId shard;
    /** The owner's: ahead of what readers see within a batch. */
    private final MemoryState working = new MemoryState();

    private final SharedMemoryState committed;
    private final MemoryReader reader;
    private boolean unusable;
    private boolean closed;

    public MemoryReplicaStore(ShardId shard) {
        this.shard = shard;
        this.committed = new SharedMemoryState(new MemoryState());
        this.reader = new MemoryReader(shard, committed);
    }

    @Override
    public ShardId shard() {
        return shard;
    }

    @Override
    public Lsn nextLsn() {
        return reader.nextLsn();
    }

    @Override
    public Batch begin() {
        if (closed) {
            throw new StoreClosedException("the store in memory of shard " + shard + " is closed");
        }
        if (unusable) {
            throw new StoreUnavailableException("a batch was given up: open another store");
        }
        return new MemoryBatch();
    }

    @Override
    public ReplicaReader reader() {
        return reader;
    }

    @Override
    public void flush() {
        // Nothing is ever at rest.
    }

    @Override
    public void startFlush() {
        // Nothing is ever at rest.
    }

    @Override
    public void close() {
        closed = true;
        committed.close();
    }

    private final class MemoryBatch implements Batch {
        private final List<Transition> transitions = new ArrayList<>();
        private boolean finished;

        @Override
        public void add(Transition transition) {
            working.apply(transition);
            transitions.add(transition);
        }

        @Override
        public long sizeBytes() {
            return 0;
        }

        @Override
        public void commit() {
            if (finished) {
                throw new IllegalStateException("the batch is committed or closed already");
            }
            finished = true;
            committed.apply(transitions);
        }

        @Override
        public void close() {
            unusable |= !finished && !transitions.isEmpty();
            finished = true;
        }

        @Override
        public Lsn nextLsn() {
            return working.nextLsn();
        }

        @Override
        public long logTimeMs() {
            return working.logTimeMs();
        }

        @Override
        public Optional<TableState> table(TableId tableId) {
            return working.table(tableId);
        }

        @Override
        public @Nullable StoredItem item(ItemKey key) {
            return working.item(key);
        }

        @Override
        public List<KeyedItem> firstItems(TableId tableId, int maxItems, int maxBytes) {
            return working.firstItems(tableId, maxItems, maxBytes);
        }

        @Override
        public Optional<RememberedOutcome> outcome(RequestId requestId) {
            return working.outcome(requestId);
        }

        @Override
        public int rememberedOutcomes() {
            return working.rememberedOutcomes();
        }

        @Override
        public long rememberedOutcomeBytes() {
            return working.rememberedOutcomeBytes();
        }

        @Override
        public List<Mark> oldestOutcomes(int limit) {
            return working.oldestOutcomes(limit);
        }

        @Override
        public long sourceOffset(int bindingId, int partition) {
            return working.sourceOffset(bindingId, partition);
        }

        @Override
        public long rejectedCount() {
            return working.rejectedCount();
        }
    }
}
