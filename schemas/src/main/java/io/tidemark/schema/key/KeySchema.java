package io.tidemark.schema.key;

import java.util.Optional;

/** Which attributes form a table's primary key: a partition key and, for some tables, a sort key of another name. */
public record KeySchema(KeyAttribute partitionKey, Optional<KeyAttribute> sortKey) {
    public KeySchema {
        if (sortKey.isPresent() && sortKey.get().name().equals(partitionKey.name())) {
            throw new IllegalArgumentException("partition key and sort key must differ: " + partitionKey.name());
        }
    }

    public static KeySchema of(KeyAttribute partitionKey) {
        return new KeySchema(partitionKey, Optional.empty());
    }

    public static KeySchema of(KeyAttribute partitionKey, KeyAttribute sortKey) {
        return new KeySchema(partitionKey, Optional.of(sortKey));
    }
}
