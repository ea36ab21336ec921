package io.tidemark.materializer.store;

import io.tidemark.materializer.core.KeyedItem;
import io.tidemark.materializer.core.Mutation;
import io.tidemark.materializer.core.RememberedOutcome;
import io.tidemark.materializer.core.RememberedOutcome.Mark;
import io.tidemark.materializer.core.StateView;
import io.tidemark.materializer.core.StoredItem;
import io.tidemark.materializer.core.TableState;
import io.tidemark.materializer.core.Transition;
import io.tidemark.materializer.store.StoreFormat.SourcePartition;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.command.SourceMark;
import io.tidemark.schema.key.ItemKey;
import io.tidemark.schema.node.NodeReply.Rejection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A replica as plain collections, without anything kept up to date besides: each answer is worked out when asked. */
final class MemoryState implements StateView, ControlContent {
    final TreeMap<Bytes, StoredItem> items = new TreeMap<>();
    final TreeMap<TableId, TableState> tables = new TreeMap<>();
    final TreeMap<SourcePartition, Long> sourceOffsets = new TreeMap<>();
    /** Oldest first. */
    final Deque<Rejection> rejections = new ArrayDeque<>();

    private final TreeMap<Lsn, RememberedOutcome> outcomes = new TreeMap<>();
    private final Map<RequestId, RememberedOutcome> outcomesById = new HashMap<>();
    private long outcomeBytes;
    private Lsn nextLsn = Lsn.FIRST;
    private long logTimeMs;
    private long rejectedCount;

    MemoryState() {}

    MemoryState(MemoryState other) {
        items.putAll(other.items);
        tables.putAll(other.tables);
        sourceOffsets.putAll(other.sourceOffsets);
        rejections.addAll(other.rejections);
        outcomes.putAll(other.outcomes);
        outcomesById.putAll(other.outcomesById);
        outcomeBytes = other.outcomeBytes;
        nextLsn = other.nextLsn;
        logTimeMs = other.logTimeMs;
        rejectedCount = other.rejectedCount;
    }

    void apply(Transition transition) {
        Invariants.requireNext(nextLsn, transition);
        transition.mutations().forEach(this::apply);
        nextLsn = transition.lsn().next();
        logTimeMs = transition.logTimeMs();
    }

    private void apply(Mutation mutation) {
        switch (mutation) {
            case Mutation.PutItem put -> items.put(put.key().bytes(), put.after());
            case Mutation.DeleteItem delete -> items.remove(delete.key().bytes());
            case Mutation.PutTable put -> tables.put(put.tableId(), put.table());
            case Mutation.RemoveTable remove -> tables.remove(remove.tableId());
            case Mutation.RememberOutcome remember -> {
                RememberedOutcome outcome = remember.outcome();
                outcomes.put(outcome.mark().lsn(), outcome);
                outcomesById.put(outcome.mark().requestId(), outcome);
                outcomeBytes += outcome.mark().sizeBytes();
            }
            case Mutation.ForgetOutcomes forget -> {
                Map<Lsn, RememberedOutcome> forgotten = outcomes.headMap(forget.before());
                forgotten.values().forEach(outcome -> {
                    outcomesById.remove(outcome.mark().requestId());
                    outcomeBytes -= outcome.mark().sizeBytes();
                });
                forgotten.clear();
            }
            case Mutation.PutSourceOffset put ->
                sourceOffsets.put(new SourcePartition(put.bindingId(), put.partition()), put.offset());
            case Mutation.AddRejection rejection -> {
                rejectedCount++;
                rejections.add(new Rejection(rejection.lsn(), rejection.reason(), rejection.detail()));
                if (rejections.size() > Mutation.KEPT_REJECTIONS) {
                    rejections.removeFirst();
                }
            }
        }
    }

    @Override
    public Lsn nextLsn() {
        return nextLsn;
    }

    @Override
    public long logTimeMs() {
        return logTimeMs;
    }

    @Override
    public Optional<TableState> table(TableId tableId) {
        return Optional.ofNullable(tables.get(tableId));
    }

    @Override
    public @Nullable StoredItem item(ItemKey key) {
        return items.get(key.bytes());
    }

    @Override
    public List<KeyedItem> firstItems(TableId tableId, int maxItems, int maxBytes) {
        List<KeyedItem> first = new ArrayList<>();
        long bytes = 0;
        for (Map.Entry<Bytes, StoredItem> entry : items.entrySet()) {
            ItemKey key = new ItemKey(entry.getKey());
            if (key.tableId().equals(tableId) && first.size() < maxItems && bytes < maxBytes) {
                first.add(new KeyedItem(key, entry.getValue()));
                bytes += entry.getValue().sizeBytes();
            }
        }
        return first;
    }

    @Override
    public Optional<RememberedOutcome> outcome(RequestId requestId) {
        return Optional.ofNullable(outcomesById.get(requestId));
    }

    @Override
    public int rememberedOutcomes() {
        return outcomes.size();
    }

    @Override
    public long rememberedOutcomeBytes() {
        return outcomeBytes;
    }

    @Override
    public List<Mark> oldestOutcomes(int limit) {
        return outcomes.values().stream()
                .limit(limit)
                .map(RememberedOutcome::mark)
                .toList();
    }

    @Override
    public long sourceOffset(int bindingId, int partition) {
        return sourceOffsets.getOrDefault(new SourcePartition(bindingId, partition), SourceMark.NONE);
    }

    @Override
    public long rejectedCount() {
        return rejectedCount;
    }

    @Override
    public Position position() {
        Lsn outcomesStart = outcomes.isEmpty() ? nextLsn : outcomes.firstKey();
        return new Position(nextLsn, logTimeMs, items.size(), rejectedCount, outcomesStart);
    }

    @Override
    public void forEach(Section section, BiConsumer<byte[], byte[]> consumer) {
        switch (section) {
            case TABLES ->
                tables.forEach((id, table) -> consumer.accept(StoreFormat.tableKey(id), TableCodec.encode(table)));
            case SOURCES ->
                sourceOffsets.forEach((source, offset) ->
                        consumer.accept(StoreFormat.sourceKey(source), StoreFormat.longBytes(offset)));
            case REJECTIONS ->
                rejections.forEach(rejection -> consumer.accept(
                        StoreFormat.rejectionKey(rejection.lsn()),
                        RejectionCodec.encode(rejection.reason(), rejection.detail())));
            case OUTCOMES ->
                outcomes.forEach(
                        (lsn, outcome) -> consumer.accept(StoreFormat.outcomeKey(lsn), OutcomeContent.encode(outcome)));
        }
    }
}
