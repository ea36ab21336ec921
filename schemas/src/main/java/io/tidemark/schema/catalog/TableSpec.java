package io.tidemark.schema.catalog;

import io.tidemark.schema.key.KeySchema;
import java.util.Optional;

/**
 * The table that somebody wants. Whether the name and the count are admissible is decided by the catalog.
 *
 * @param partitions into how many partitions its hashes are split; one for each shard when empty
 * @param onDemandLimits none if the capacity is provisioned
 */
public record TableSpec(
        String name,
        KeySchema keySchema,
        Optional<Integer> partitions,
        Capacity capacity,
        boolean deletionProtected,
        Tags tags,
        Optional<TableClass> tableClass,
        OnDemandLimits onDemandLimits) {
    public TableSpec {
        if (!onDemandLimits.equals(OnDemandLimits.NONE) && !capacity.equals(Capacity.ON_DEMAND)) {
            throw new IllegalArgumentException("a table with provisioned capacity has no limits");
        }
    }

    /** Without a class and limits. */
    public TableSpec(
            String name,
            KeySchema keySchema,
            Optional<Integer> partitions,
            Capacity capacity,
            boolean deletionProtected,
            Tags tags) {
        this(name, keySchema, partitions, capacity, deletionProtected, tags, Optional.empty(), OnDemandLimits.NONE);
    }

    /** Without provisioned capacity, protection and tags. */
    public TableSpec(String name, KeySchema keySchema, Optional<Integer> partitions) {
        this(name, keySchema, partitions, Capacity.ON_DEMAND, false, Tags.NONE);
    }

    public static TableSpec of(String name, KeySchema keySchema) {
        return new TableSpec(name, keySchema, Optional.empty());
    }
}
