package io.tidemark.schema.value;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Attributes by name, in {@link Utf8Order}: an unmodifiable map over two arrays, small and quick to build from sorted input.
 * Names have 1 to {@value #MAX_NAME_BYTES} bytes of UTF-8.
 */
public final class AttributeMap extends AbstractMap<String, AttributeValue>
        implements SortedMap<String, AttributeValue> {
    /** DynamoDB's limit on attribute names: less than 64 KB. */
    public static final int MAX_NAME_BYTES = 65_535;

    public static final AttributeMap EMPTY = new AttributeMap(new String[0], new AttributeValue[0]);

    private static final Comparator<Map.Entry<String, AttributeValue>> BY_NAME =
            Map.Entry.comparingByKey(Utf8Order.INSTANCE);

    private final String[] names;
    private final AttributeValue[] values;

    private AttributeMap(String[] names, AttributeValue[] values) {
        this.names = names;
        this.values = values;
    }

    /**
     * Both arrays are owned by the map from then on; {@code values[i]} belongs to {@code names[i]}.
     *
     * @throws InvalidValueException if the names are not in ascending order, or one is not admissible
     */
    public static AttributeMap ofSorted(String[] names, AttributeValue[] values) {
        if (names.length != values.length) {
            throw new IllegalArgumentException(names.length + " names for " + values.length + " values");
        }
        for (int i = 0; i < names.length; i++) {
            requireName(names[i]);
            if (i > 0 && Utf8Order.INSTANCE.compare(names[i - 1], names[i]) >= 0) {
                throw new InvalidValueException("attribute names out of order, or one twice");
            }
        }
        return new AttributeMap(names, values);
    }

    /** A map that already is one is returned as it is. */
    static AttributeMap copyOf(Map<String, AttributeValue> attributes) {
        return attributes instanceof AttributeMap map ? map : ofEntries(attributes.entrySet());
    }

    /**
     * The attributes in any order.
     *
     * @throws InvalidValueException if a name comes twice, or one is not admissible
     */
    public static AttributeMap ofEntries(Collection<Map.Entry<String, AttributeValue>> attributes) {
        if (attributes.isEmpty()) {
            return EMPTY;
        }
        @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of a parameterized type.
        Map.Entry<String, AttributeValue>[] entries = attributes.toArray(new Map.Entry[0]);
        Arrays.sort(entries, BY_NAME);
        String[] names = new String[entries.length];
        AttributeValue[] values = new AttributeValue[entries.length];
        for (int i = 0; i < entries.length; i++) {
            names[i] = entries[i].getKey();
            values[i] = Objects.requireNonNull(entries[i].getValue(), names[i]);
        }
        return ofSorted(names, values);
    }

    private static void requireName(String name) {
        if (name.isEmpty()) {
            throw new InvalidValueException("Empty attribute name");
        }
        Utf8.requireWellFormed(name);
        if (name.length() > MAX_NAME_BYTES / 3 && Utf8.length(name) > MAX_NAME_BYTES) {
            throw new InvalidValueException("Attribute name is too large, must be less than 65536 bytes");
        }
    }

    @Override
    public int size() {
        return names.length;
    }

    @Override
    public @Nullable AttributeValue get(@Nullable Object key) {
        int index = key instanceof String name ? Arrays.binarySearch(names, name, Utf8Order.INSTANCE) : -1;
        return index < 0 ? null : values[index];
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public Comparator<String> comparator() {
        return Utf8Order.INSTANCE;
    }

    @Override
    public SortedMap<String, AttributeValue> subMap(String start, String end) {
        int first = lowerBound(start);
        int afterLast = lowerBound(end);
        if (first > afterLast) {
            throw new IllegalArgumentException("sub-map from a greater to a smaller name");
        }
        return part(first, afterLast);
    }

    @Override
    public SortedMap<String, AttributeValue> headMap(String end) {
        return part(0, lowerBound(end));
    }

    @Override
    public SortedMap<String, AttributeValue> tailMap(String start) {
        return part(lowerBound(start), names.length);
    }

    @Override
    public String firstKey() {
        return names[requireIndex(0)];
    }

    @Override
    public String lastKey() {
        return names[requireIndex(names.length - 1)];
    }

    @Override
    public Set<Map.Entry<String, AttributeValue>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, AttributeValue>> iterator() {
                return new EntryIterator();
            }

            @Override
            public int size() {
                return names.length;
            }
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (other instanceof AttributeMap map) {
            return Arrays.equals(names, map.names) && Arrays.equals(values, map.values);
        }
        return super.equals(other);
    }

    /** That of every map with these entries. */
    @Override
    public int hashCode() {
        return super.hashCode();
    }

    private int lowerBound(String name) {
        int index = Arrays.binarySearch(names, name, Utf8Order.INSTANCE);
        return index < 0 ? -index - 1 : index;
    }

    private AttributeMap part(int start, int end) {
        return new AttributeMap(Arrays.copyOfRange(names, start, end), Arrays.copyOfRange(values, start, end));
    }

    private int requireIndex(int index) {
        if (names.length == 0) {
            throw new NoSuchElementException("no attributes");
        }
        return index;
    }

    private final class EntryIterator implements Iterator<Map.Entry<String, AttributeValue>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < names.length;
        }

        @Override
        public Map.Entry<String, AttributeValue> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more attributes");
            }
            Map.Entry<String, AttributeValue> entry = Map.entry(names[next], values[next]);
            next++;
            return entry;
        }
    }
}
