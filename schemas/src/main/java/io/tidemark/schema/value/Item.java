package io.tidemark.schema.value;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** An item: attributes by name, in the order of the names' UTF-8 bytes. Immutable; how large it may be is the table's matter. */
public record Item(SortedMap<String, AttributeValue> attributes) {
    public static final Item EMPTY = new Item(AttributeMap.EMPTY);

    /** @throws InvalidValueException if a name is not admissible, see {@link AttributeMap} */
    public Item {
        attributes = AttributeMap.copyOf(attributes);
    }

    /** @throws InvalidValueException if a name is not admissible, see {@link AttributeMap} */
    public static Item of(Map<String, AttributeValue> attributes) {
        return new Item(AttributeMap.copyOf(attributes));
    }

    public Optional<AttributeValue> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    public @Nullable AttributeValue get(String name) {
        return attributes.get(name);
    }
}
