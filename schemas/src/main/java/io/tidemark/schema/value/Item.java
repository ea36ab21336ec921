package io.tidemark.schema.value;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An item: attributes by name, in the order of the names' UTF-8 bytes. Immutable. */
public record Item(SortedMap<String, AttributeValue> attributes) {
    public static final Item EMPTY = new Item(new TreeMap<>(Utf8Order.INSTANCE));

    public Item {
        attributes = canonicalCopy(attributes);
    }

    public static Item of(Map<String, AttributeValue> attributes) {
        return new Item(canonicalCopy(attributes));
    }

    public Optional<AttributeValue> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    public @Nullable AttributeValue get(String name) {
        return attributes.get(name);
    }

    /** An unmodifiable copy in {@link Utf8Order}; an argument that already is one is returned as it is. */
    static SortedMap<String, AttributeValue> canonicalCopy(Map<String, AttributeValue> attributes) {
        if (attributes instanceof CanonicalMap canonical) {
            return canonical;
        }
        TreeMap<String, AttributeValue> copy = new TreeMap<>(Utf8Order.INSTANCE);
        copy.putAll(attributes);
        return new CanonicalMap(copy);
    }

    /** Marks a map that nobody else can change, so that copying it again is not needed. */
    private static final class CanonicalMap extends java.util.AbstractMap<String, AttributeValue>
            implements SortedMap<String, AttributeValue> {
        private final SortedMap<String, AttributeValue> delegate;

        CanonicalMap(TreeMap<String, AttributeValue> owned) {
            this.delegate = Collections.unmodifiableSortedMap(owned);
        }

        @Override
        public java.util.Set<Entry<String, AttributeValue>> entrySet() {
            return delegate.entrySet();
        }

        @Override
        public @Nullable AttributeValue get(Object key) {
            return delegate.get(key);
        }

        @Override
        public boolean containsKey(Object key) {
            return delegate.containsKey(key);
        }

        @Override
        public java.util.Comparator<? super String> comparator() {
            return Utf8Order.INSTANCE;
        }

        @Override
        public SortedMap<String, AttributeValue> subMap(String fromKey, String toKey) {
            return delegate.subMap(fromKey, toKey);
        }

        @Override
        public SortedMap<String, AttributeValue> headMap(String toKey) {
            return delegate.headMap(toKey);
        }

        @Override
        public SortedMap<String, AttributeValue> tailMap(String fromKey) {
            return delegate.tailMap(fromKey);
        }

        @Override
        public String firstKey() {
            return delegate.firstKey();
        }

        @Override
        public String lastKey() {
            return delegate.lastKey();
        }
    }
}
