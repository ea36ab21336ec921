package io.tidemark.materializer.core.testing;

import io.tidemark.materializer.core.KeyedItem;
import io.tidemark.materializer.core.Mutation;
import io.tidemark.materializer.core.OutcomeWindow;
import io.tidemark.materializer.core.RememberedOutcome;
import io.tidemark.materializer.core.StateMachine;
import io.tidemark.materializer.core.StateView;
import io.tidemark.materializer.core.StoredItem;
import io.tidemark.materializer.core.TableState;
import io.tidemark.materializer.core.Transition;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.command.SourceMark;
import io.tidemark.schema.key.ItemKey;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.wire.WalRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A replica's state in plain collections: what the state machine's own tests run on, and what a store's content is compared
 * with. It checks that each mutation fits the state that it changes. For one thread.
 */
public final class PlainState implements StateView {
    private final TreeMap<ItemKey, StoredItem> items = new TreeMap<>();
    private final TreeMap<TableId, TableState> tables = new TreeMap<>();
    private final Map<RequestId, RememberedOutcome> outcomes = new HashMap<>();
    private final ArrayDeque<RememberedOutcome.Mark> marks = new ArrayDeque<>();
    private final TreeMap<SourcePartition, Long> sourceOffsets = new TreeMap<>();
    private final ArrayDeque<Mutation.AddRejection> rejections = new ArrayDeque<>();
    private long outcomeBytes;
    private long rejectedCount;
    private Lsn nextLsn = Lsn.FIRST;
    private long logTimeMs;

    /** A partition of a bound topic. */
    public record SourcePartition(int bindingId, int partition) implements Comparable<SourcePartition> {
        @Override
        public int compareTo(SourcePartition other) {
            int byBinding = Integer.compare(bindingId, other.bindingId);
            return byBinding != 0 ? byBinding : Integer.compare(partition, other.partition);
        }
    }

    /** Applies the record and takes over what it changes. */
    public Transition apply(WalRecord record) {
        Transition transition = StateMachine.apply(this, record);
        add(transition);
        return transition;
    }

    public void add(Transition transition) {
        require(transition.lsn().equals(nextLsn), "LSN " + transition.lsn() + " where " + nextLsn + " is next");
        require(transition.logTimeMs() >= logTimeMs, "log time steps back");
        for (Mutation mutation : transition.mutations()) {
            add(mutation);
        }
        nextLsn = nextLsn.next();
        logTimeMs = transition.logTimeMs();
    }

    private void add(Mutation mutation) {
        switch (mutation) {
            case Mutation.PutItem put ->
                require(Objects.equals(items.put(put.key(), put.after()), put.before()), "another item before");
            case Mutation.DeleteItem delete ->
                require(Objects.equals(items.remove(delete.key()), delete.before()), "another item before");
            case Mutation.PutTable put -> tables.put(put.tableId(), put.table());
            case Mutation.RemoveTable remove -> require(tables.remove(remove.tableId()) != null, "no such table");
            case Mutation.RememberOutcome remember -> remember(remember.outcome());
            case Mutation.ForgetOutcomes forget -> forget(forget.before());
            case Mutation.PutSourceOffset put -> putSourceOffset(put);
            case Mutation.AddRejection rejection -> {
                rejectedCount++;
                rejections.addLast(rejection);
                if (rejections.size() > Mutation.KEPT_REJECTIONS) {
                    rejections.removeFirst();
                }
            }
        }
    }

    private void remember(RememberedOutcome outcome) {
        require(marks.isEmpty() || marks.getLast().lsn().isBefore(outcome.mark().lsn()), "outcomes out of order");
        require(outcomes.put(outcome.mark().requestId(), outcome) == null, "outcome remembered twice");
        marks.addLast(outcome.mark());
        outcomeBytes += outcome.mark().sizeBytes();
        require(outcomes.size() <= OutcomeWindow.MAX_REMEMBERED, "more outcomes than are ever remembered");
    }

    private void forget(Lsn before) {
        require(!marks.isEmpty() && marks.getFirst().lsn().isBefore(before), "nothing to forget");
        while (!marks.isEmpty() && marks.getFirst().lsn().isBefore(before)) {
            RememberedOutcome.Mark oldest = marks.removeFirst();
            outcomes.remove(oldest.requestId());
            outcomeBytes -= oldest.sizeBytes();
        }
    }

    private void putSourceOffset(Mutation.PutSourceOffset put) {
        Long last = sourceOffsets.put(new SourcePartition(put.bindingId(), put.partition()), put.offset());
        require(last == null || last < put.offset(), "source offset steps back");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalStateException("a transition does not fit the state: " + message);
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
        return items.get(key);
    }

    @Override
    public List<KeyedItem> firstItems(TableId tableId, int maxItems, int maxBytes) {
        List<KeyedItem> first = new ArrayList<>();
        long bytes = 0;
        for (Map.Entry<ItemKey, StoredItem> entry : items.entrySet()) {
            boolean full = first.size() >= maxItems || bytes >= maxBytes;
            if (!full && entry.getKey().tableId().equals(tableId)) {
                first.add(new KeyedItem(entry.getKey(), entry.getValue()));
                bytes += entry.getValue().sizeBytes();
            }
        }
        return first;
    }

    @Override
    public Optional<RememberedOutcome> outcome(RequestId requestId) {
        return Optional.ofNullable(outcomes.get(requestId));
    }

    @Override
    public int rememberedOutcomes() {
        return marks.size();
    }

    @Override
    public long rememberedOutcomeBytes() {
        return outcomeBytes;
    }

    @Override
    public List<RememberedOutcome.Mark> oldestOutcomes(int limit) {
        return marks.stream().limit(limit).toList();
    }

    @Override
    public long sourceOffset(int bindingId, int partition) {
        return sourceOffsets.getOrDefault(new SourcePartition(bindingId, partition), SourceMark.NONE);
    }

    @Override
    public long rejectedCount() {
        return rejectedCount;
    }

    public NavigableMap<ItemKey, StoredItem> items() {
        return Collections.unmodifiableNavigableMap(items);
    }

    public NavigableMap<TableId, TableState> tables() {
        return Collections.unmodifiableNavigableMap(tables);
    }

    /** Oldest first. */
    public List<RememberedOutcome> outcomes() {
        return marks.stream().map(mark -> outcomes.get(mark.requestId())).toList();
    }

    public NavigableMap<SourcePartition, Long> sourceOffsets() {
        return Collections.unmodifiableNavigableMap(sourceOffsets);
    }

    /** The latest ones, oldest first. */
    public List<Mutation.AddRejection> rejections() {
        return List.copyOf(rejections);
    }

    /** Whether each item stands under its own key, with its own size, in a table that is known. */
    public void requireSound() {
        items.forEach((key, stored) -> {
            TableState table = tables.get(key.tableId());
            require(table != null, "an item of no table");
            ItemKey own = KeyEncoding.encode(
                    key.tableId(), table.keySchema(), KeyEncoding.primaryKeyOf(table.keySchema(), stored.item()));
            require(own.equals(key), "an item under another's key");
            require(stored.equals(StoredItem.of(stored.lsn(), stored.item())), "an item that is not canonical");
            require(table.owns(key.keyHash()), "an item outside of the ranges");
        });
    }
}
