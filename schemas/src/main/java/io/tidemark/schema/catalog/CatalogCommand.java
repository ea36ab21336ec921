package io.tidemark.schema.catalog;

import io.tidemark.schema.TableId;
import io.tidemark.schema.key.KeySchema;

/** What a record of the catalog's log asks for. It carries everything that evaluating it needs. */
public sealed interface CatalogCommand {

    /**
     * Makes a table and places its partitions. Whether the name and the counts are admissible is decided when it is applied.
     *
     * @param shardCount shards that partitions can be placed on: 0 to {@code shardCount - 1}
     */
    record CreateTable(String name, KeySchema keySchema, int partitions, int shardCount) implements CatalogCommand {}

    /** Every shard of the table has it in its log that it owns its partitions. */
    record TableOpened(TableId tableId) implements CatalogCommand {}

    /** Begins to remove the table, and ends its bindings. */
    record DeleteTable(String name) implements CatalogCommand {}

    /** No shard has an item of the table any more. */
    record TableRemoved(TableId tableId) implements CatalogCommand {}

    record BindSource(BindingSpec spec) implements CatalogCommand {}

    record UnbindSource(int bindingId) implements CatalogCommand {}

    /** Changes nothing, and marks a position that a strongly consistent read waits for. */
    record Barrier() implements CatalogCommand {}
}
