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
    private FirstItems() {}

    static List<KeyedItem> of(
            RocksDatabase database, Map<Bytes, Optional<StoredItem>> changedItems, TableId tableId, int limit) {
        byte[] prefix =
                ByteBuffer.allocate(Integer.BYTES).putInt(tableId.value()).array();
        TreeMap<Bytes, StoredItem> changed = present(changedItems, Bytes.wrap(prefix));
        List<KeyedItem> items = new ArrayList<>();
        try (EntryCursor cursor = new EntryCursor(
                database,
                Family.ITEMS,
                database.readOptions(),
                prefix,
                StoreFormat.endOfPrefix(prefix),
                true,
                () -> {})) {
            while (items.size() < limit && cursor.next()) {
                Bytes key = Bytes.wrap(cursor.key());
                addAll(items, changed.headMap(key, false), limit);
                if (items.size() < limit && !changedItems.containsKey(key)) {
                    byte[] content = database.open(key.array(), cursor.value());
                    items.add(new KeyedItem(new ItemKey(key), StoredItem.ofEncoded(Bytes.wrap(content))));
                }
            }
        }
        addAll(items, changed, limit);
        return items;
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

    /** Moves the first entries over until the limit is reached. */
    private static void addAll(List<KeyedItem> items, Map<Bytes, StoredItem> changed, int limit) {
        var iterator = changed.entrySet().iterator();
        while (items.size() < limit && iterator.hasNext()) {
            Map.Entry<Bytes, StoredItem> entry = iterator.next();
            items.add(new KeyedItem(new ItemKey(entry.getKey()), entry.getValue()));
            iterator.remove();
        }
    }
}
