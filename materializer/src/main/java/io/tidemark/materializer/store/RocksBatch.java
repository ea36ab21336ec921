package io.tidemark.materializer.store;

import io.tidemark.materializer.core.KeyedItem;
import io.tidemark.materializer.core.Mutation;
import io.tidemark.materializer.core.RememberedOutcome;
import io.tidemark.materializer.core.RememberedOutcome.Mark;
import io.tidemark.materializer.core.StoredItem;
import io.tidemark.materializer.core.TableState;
import io.tidemark.materializer.core.Transition;
import io.tidemark.materializer.store.StoreFormat.SourcePartition;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.command.SourceMark;
import io.tidemark.schema.key.ItemKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A batch of a {@link RocksReplicaStore}. Changes the owner's memory as it goes, the disk on commit. */
final class RocksBatch implements ReplicaStore.Batch {
    /** Forgotten outcomes are deleted at rest in runs of this many, since each deletion of a range slows reads down. */
    private static final int OUTCOMES_PER_DELETION = 8_192;
    /** Or of this size, since one outcome may hold an item of 400 KB. */
    private static final long OUTCOME_BYTES_PER_DELETION = 16L << 20;

    private final RocksReplicaStore store;
    private final RocksDatabase database;
    private final StoreState state;
    private final SealedBatch writes;
    private final Map<Bytes, Optional<StoredItem>> changedItems = new HashMap<>();
    private final Map<Lsn, Outcome> newOutcomes = new HashMap<>();
    private boolean changed;
    private boolean finished;

    RocksBatch(RocksReplicaStore store, RocksDatabase database, StoreState state) {
        this.store = store;
        this.database = database;
        this.state = state;
        this.writes = new SealedBatch(database);
    }

    @Override
    public Lsn nextLsn() {
        return state.nextLsn;
    }

    @Override
    public long logTimeMs() {
        return state.logTimeMs;
    }

    @Override
    public Optional<TableState> table(TableId tableId) {
        return Optional.ofNullable(state.tables.get(tableId));
    }

    @Override
    public @Nullable StoredItem item(ItemKey key) {
        Optional<StoredItem> changedItem = changedItems.get(key.bytes());
        if (changedItem != null) {
            return changedItem.orElse(null);
        }
        byte[] storeKey = key.bytes().array();
        byte[] sealed = database.get(Family.ITEMS, database.readOptions(), storeKey);
        return sealed == null ? null : StoredItem.ofEncoded(Bytes.wrap(database.open(storeKey, sealed)));
    }

    @Override
    public List<KeyedItem> firstItems(TableId tableId, int maxItems, int maxBytes) {
        return FirstItems.of(database, changedItems, tableId, maxItems, maxBytes);
    }

    @Override
    public Optional<RememberedOutcome> outcome(RequestId requestId) {
        OptionalLong offset = state.outcomes.find(requestId);
        if (offset.isEmpty()) {
            return Optional.empty();
        }
        Lsn lsn = new Lsn(offset.getAsLong());
        Outcome newOutcome = newOutcomes.get(lsn);
        Outcome outcome = newOutcome == null ? readOutcome(lsn) : newOutcome;
        return Optional.of(new RememberedOutcome(state.outcomes.mark(requestId), outcome));
    }

    private Outcome readOutcome(Lsn lsn) {
        byte[] key = StoreFormat.outcomeKey(lsn);
        byte[] sealed = database.get(Family.OUTCOMES, database.readOptions(), key);
        if (sealed == null) {
            throw new DamagedStoreException(database.name() + ": the outcome at LSN " + lsn + " is missing");
        }
        return OutcomeContent.outcome(database.open(key, sealed));
    }

    @Override
    public int rememberedOutcomes() {
        return state.outcomes.size();
    }

    @Override
    public long rememberedOutcomeBytes() {
        return state.outcomes.totalBytes();
    }

    @Override
    public List<Mark> oldestOutcomes(int limit) {
        return state.outcomes.oldest(limit);
    }

    @Override
    public long sourceOffset(int bindingId, int partition) {
        Long offset = state.sourceOffsets.get(new SourcePartition(bindingId, partition));
        return offset == null ? SourceMark.NONE : offset;
    }

    @Override
    public long rejectedCount() {
        return state.rejectedCount;
    }

    @Override
    public long sizeBytes() {
        return writes.sizeBytes();
    }

    @Override
    public void add(Transition transition) {
        Invariants.requireNext(state.nextLsn, transition);
        changed = true;
        for (Mutation mutation : transition.mutations()) {
            apply(mutation);
        }
        state.nextLsn = transition.lsn().next();
        state.logTimeMs = transition.logTimeMs();
    }

    private void apply(Mutation mutation) {
        switch (mutation) {
            case Mutation.PutItem put -> putItem(put);
            case Mutation.DeleteItem delete -> deleteItem(delete);
            case Mutation.PutTable put -> {
                state.putTable(put.tableId(), put.table());
                writes.put(Family.META, StoreFormat.tableKey(put.tableId()), TableCodec.encode(put.table()));
            }
            case Mutation.RemoveTable remove -> {
                state.removeTable(remove.tableId());
                writes.delete(Family.META, StoreFormat.tableKey(remove.tableId()));
            }
            case Mutation.RememberOutcome remember -> rememberOutcome(remember.outcome());
            case Mutation.ForgetOutcomes forget -> forgetOutcomes(forget.before());
            case Mutation.PutSourceOffset put -> {
                SourcePartition source = new SourcePartition(put.bindingId(), put.partition());
                state.sourceOffsets.put(source, put.offset());
                writes.put(Family.META, StoreFormat.sourceKey(source), StoreFormat.longBytes(put.offset()));
            }
            case Mutation.AddRejection rejection -> addRejection(rejection);
        }
    }

    private void putItem(Mutation.PutItem put) {
        Bytes key = put.key().bytes();
        int keyHash = put.key().keyHash();
        StoredItem before = put.before();
        if (before == null) {
            state.itemCount++;
        } else {
            state.lanes.subtract(keyHash, key, before.encoded());
        }
        state.lanes.add(keyHash, key, put.after().encoded());
        changedItems.put(key, Optional.of(put.after()));
        writes.put(Family.ITEMS, key.array(), put.after().encoded().array());
    }

    private void deleteItem(Mutation.DeleteItem delete) {
        Bytes key = delete.key().bytes();
        state.itemCount--;
        state.lanes.subtract(delete.key().keyHash(), key, delete.before().encoded());
        changedItems.put(key, Optional.empty());
        writes.delete(Family.ITEMS, key.array());
    }

    private void rememberOutcome(RememberedOutcome remembered) {
        state.outcomes.add(remembered.mark());
        newOutcomes.put(remembered.mark().lsn(), remembered.outcome());
        writes.put(Family.OUTCOMES, StoreFormat.outcomeKey(remembered.mark().lsn()), OutcomeContent.encode(remembered));
    }

    private void forgetOutcomes(Lsn before) {
        long bytesBefore = state.outcomes.totalBytes();
        state.outcomesToDelete += state.outcomes.forgetBefore(before);
        state.outcomeBytesToDelete += bytesBefore - state.outcomes.totalBytes();
        state.outcomesStart = before;
        if (state.outcomesToDelete >= OUTCOMES_PER_DELETION
                || state.outcomeBytesToDelete >= OUTCOME_BYTES_PER_DELETION) {
            writes.deleteRange(Family.OUTCOMES, StoreFormat.outcomeKey(Lsn.FIRST), StoreFormat.outcomeKey(before));
            state.outcomesToDelete = 0;
            state.outcomeBytesToDelete = 0;
        }
    }

    private void addRejection(Mutation.AddRejection rejection) {
        state.rejectedCount++;
        state.keptRejections.add(rejection.lsn());
        writes.put(
                Family.META,
                StoreFormat.rejectionKey(rejection.lsn()),
                RejectionCodec.encode(rejection.reason(), rejection.detail()));
        if (state.keptRejections.size() > Mutation.KEPT_REJECTIONS) {
            writes.delete(Family.META, StoreFormat.rejectionKey(state.keptRejections.removeFirst()));
        }
    }

    @Override
    public void commit() {
        if (finished) {
            throw new IllegalStateException("the batch is committed or closed already");
        }
        finished = true;
        if (changed) {
            state.lanes.drainChanged((sum, lane) -> writes.put(Family.META, StoreFormat.laneKey(lane), sum.array()));
            writes.put(Family.META, StoreFormat.POSITION_KEY, state.position().encode());
            store.write(writes);
        }
        writes.close();
    }

    @Override
    public void close() {
        if (finished) {
            return;
        }
        finished = true;
        writes.close();
        if (changed) {
            store.markUnusable("a batch was given up");
        }
    }
}
