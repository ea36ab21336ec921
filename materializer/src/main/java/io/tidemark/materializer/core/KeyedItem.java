package io.tidemark.materializer.core;

import io.tidemark.schema.key.ItemKey;

/** An item with its key. */
public record KeyedItem(ItemKey key, StoredItem item) {}
