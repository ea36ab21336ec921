package io.tidemark.materializer.store;

import io.tidemark.materializer.core.KeyedItem;
import io.tidemark.materializer.core.StoredItem;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.TableId;
import io.tidemark.schema.key.ItemKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Merges a table's items at rest with those changed in a batch. */
final class FirstItems {
    private final int maxItems;
    private final int maxBytes;
    private final List<KeyedItem> items = new ArrayList<>();
    private long bytes;

    private FirstItems(int maxItems, int maxBytes) {
        this.maxItems = maxItems;
        this.maxBytes = maxBytes;
    }

    static List<KeyedItem> of(
            RocksDatabase database,
            Map<Bytes, Optional<StoredItem>> changedItems,
            TableId tableId,
            int maxItems,
            int maxBytes) {
        byte[] prefix =
                ByteBuffer.allocate(Integer.BYTES).putInt(tableId.value()).array();
        TreeMap<Bytes, StoredItem> changed = present(changedItems, Bytes.wrap(prefix));
        FirstItems first = new FirstItems(maxItems, maxBytes);
        try (EntryCursor cursor = new EntryCursor(
                database,
                Family.ITEMS,
                database.readOptions(),
                prefix,
                StoreFormat.endOfPrefix(prefix),
                true,
                () -> {})) {
            while (!first.isFull() && cursor.next()) {
                Bytes key = Bytes.wrap(cursor.key());
                first.addAll(changed.headMap(key, false));
                if (!first.isFull() && !changedItems.containsKey(key)) {
                    byte[] content = database.open(key.array(), cursor.value());
                    first.add(key, StoredItem.ofEncoded(Bytes.wrap(content)));
                }
            }
        }
        first.addAll(changed);
        return first.items;
    }

    private boolean isFull() {
        return items.size() >= maxItems || bytes >= maxBytes;
    }

    private void add(Bytes key, StoredItem item) {
        items.add(new KeyedItem(new ItemKey(key), item));
        bytes += item.sizeBytes();
    }

    private static TreeMap<Bytes, StoredItem> present(Map<Bytes, Optional<StoredItem>> changedItems, Bytes prefix) {
        TreeMap<Bytes, StoredItem> present = new TreeMap<>();
        changedItems.forEach((key, item) -> {
            if (key.startsWith(prefix)) {
                item.ifPresent(stored -> present.put(key, stored));
            }
        });
        return present;
    }

    /** Moves the first entries over until this is full. */
    private void addAll(Map<Bytes, StoredItem> changed) {
        var iterator = changed.entrySet().iterator();
        while (!isFull() && iterator.hasNext()) {
            Map.Entry<Bytes, StoredItem> entry = iterator.next();
            add(entry.getKey(), entry.getValue());
            iterator.remove();
        }
    }
}
