package io.tidemark.materializer.store;

import io.tidemark.materializer.core.KeyedItem;
import java.util.Iterator;

/**
 * Walks over items of one state. For one thread. Holds the store open until it is closed, so that it must be closed soon.
 * {@link #next} throws {@link DamagedStoreException} where the item fails its checksum.
 */
public interface ItemCursor extends Iterator<KeyedItem>, AutoCloseable {
    @Override
    void close();
}
