package io.tidemark.router.operation.table;

import io.tidemark.schema.catalog.TableDescription;

/** How large tables are, as far as is known. Thread-safe; never blocks. */
@FunctionalInterface
public interface TableSizes {
    /** @param bytes of the items, by DynamoDB's accounting */
    record TableSize(long items, long bytes) {
        public static final TableSize NOTHING = new TableSize(0, 0);
    }

    /** Nothing as long as the table has not been counted. */
    TableSize of(TableDescription table);

    /** Never counts. */
    TableSizes UNKNOWN = table -> TableSize.NOTHING;
}
