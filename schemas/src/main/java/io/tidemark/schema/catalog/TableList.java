package io.tidemark.schema.catalog;

import java.util.List;
import java.util.Optional;

/**
 * One page of all tables.
 *
 * @param tables in the order of their names
 * @param lastEvaluatedName present if there is more: the next page's exclusive start
 */
public record TableList(List<TableDescription> tables, Optional<String> lastEvaluatedName) {
    /** The greatest number of tables in a page, as in DynamoDB. */
    public static final int MAX_LIMIT = 100;

    public TableList {
        tables = List.copyOf(tables);
    }
}
