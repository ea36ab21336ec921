package io.tidemark.schema.key;

import io.tidemark.schema.value.AttributeValue;
import java.util.Optional;

/** The values of an item's key attributes. Whether they fit a table's {@link KeySchema} is checked by {@link KeyEncoding}. */
public record PrimaryKey(AttributeValue partition, Optional<AttributeValue> sort) {
    public static PrimaryKey of(AttributeValue partition) {
        return new PrimaryKey(partition, Optional.empty());
    }

    public static PrimaryKey of(AttributeValue partition, AttributeValue sort) {
        return new PrimaryKey(partition, Optional.of(sort));
    }
}
