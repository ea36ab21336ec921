package io.tidemark.materializer.store;

import io.tidemark.materializer.core.KeyedItem;
import io.tidemark.materializer.core.StoredItem;
import io.tidemark.materializer.core.TableState;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.hash.StateDigest;
import io.tidemark.schema.key.ItemKey;
import io.tidemark.schema.key.KeyRange;
import io.tidemark.schema.node.NodeReply.LaneEntriesResult;
import io.tidemark.schema.node.NodeReply.LaneEntry;
import io.tidemark.schema.node.NodeReply.Rejection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads a state in memory, the newest or a copy. Thread-safe. */
final class MemoryReader implements ReplicaSnapshot {
    private final ShardId shard;
    private final SharedMemoryState shared;

    MemoryReader(ShardId shard, SharedMemoryState shared) {
        this.shard = shard;
        this.shared = shared;
    }

    @Override
    public ShardId shard() {
        return shard;
    }

    @Override
    public Lsn nextLsn() {
        return shared.read(MemoryState::nextLsn);
    }

    @Override
    public long itemCount() {
        return shared.read(state -> (long) state.items.size());
    }

    @Override
    public long rejectedCount() {
        return shared.read(MemoryState::rejectedCount);
    }

    @Override
    public Optional<TableState> table(TableId tableId) {
        return shared.read(state -> state.table(tableId));
    }

    @Override
    public @Nullable StoredItem item(ItemKey key) {
        return shared.read(state -> Optional.ofNullable(state.item(key))).orElse(null);
    }

    @Override
    public ItemCursor items(KeyRange range, boolean forward) {
        List<KeyedItem> items = shared.read(state -> copy(state, range, forward));
        Iterator<KeyedItem> iterator = items.iterator();
        return new ItemCursor() {
            @Override
            public boolean hasNext() {
                return iterator.hasNext();
            }

            @Override
            public KeyedItem next() {
                return iterator.next();
            }

            @Override
            public void close() {
                // Holds a copy.
            }
        };
    }

    private static List<KeyedItem> copy(MemoryState state, KeyRange range, boolean forward) {
        if (range.isEmpty()) {
            return List.of();
        }
        NavigableMap<Bytes, StoredItem> within = state.items.subMap(range.start(), true, range.end(), false);
        List<KeyedItem> items = new ArrayList<>(within.size());
        (forward ? within : within.descendingMap())
                .forEach((key, item) -> items.add(new KeyedItem(new ItemKey(key), item)));
        return items;
    }

    @Override
    public Map<Integer, Long> sourceOffsets(int bindingId) {
        return shared.read(state -> state.sourceOffsets.entrySet().stream()
                .filter(entry -> entry.getKey().bindingId() == bindingId)
                .collect(Collectors.toMap(entry -> entry.getKey().partition(), Map.Entry::getValue)));
    }

    @Override
    public List<Rejection> latestRejections(int limit) {
        return shared.read(state -> {
            Iterable<Rejection> newestFirst = state.rejections::descendingIterator;
            return StreamSupport.stream(newestFirst.spliterator(), false)
                    .limit(limit)
                    .toList();
        });
    }

    @Override
    public ReplicaSnapshot snapshot() {
        return new MemoryReader(shard, new SharedMemoryState(shared.read(MemoryState::new)));
    }

    @Override
    public StateDigest digest() {
        return shared.read(state -> {
            Lanes lanes = new Lanes();
            state.items.forEach((key, item) -> lanes.add(new ItemKey(key).keyHash(), key, item.encoded()));
            return new StateDigest(shard, state.nextLsn(), lanes.toBytes(), ControlHash.of(state), state.items.size());
        });
    }

    @Override
    public DeepDigest deepDigest(BooleanSupplier stop) {
        return new DeepDigest(digest(), List.of());
    }

    @Override
    public LaneEntriesResult laneEntries(Set<Integer> lanes, Optional<Bytes> after, int limit) {
        return shared.read(state -> {
            NavigableMap<Bytes, StoredItem> rest =
                    after.map(key -> state.items.tailMap(key, false)).orElse(state.items);
            List<LaneEntry> entries = rest.entrySet().stream()
                    .filter(entry -> lanes.contains(StateDigest.laneOf(new ItemKey(entry.getKey()).keyHash())))
                    .limit(limit + 1L)
                    .map(entry -> entry(entry.getKey(), entry.getValue()))
                    .toList();
            if (entries.size() <= limit) {
                return new LaneEntriesResult(entries, Optional.empty());
            }
            List<LaneEntry> page = entries.subList(0, limit);
            return new LaneEntriesResult(page, Optional.of(page.getLast().storeKey()));
        });
    }

    private static LaneEntry entry(Bytes key, StoredItem item) {
        byte[] hash = ControlHash.sha256().digest(item.encoded().array());
        return new LaneEntry(key, item.lsn(), Bytes.wrap(hash));
    }

    @Override
    public void close() {
        shared.close();
    }
}
