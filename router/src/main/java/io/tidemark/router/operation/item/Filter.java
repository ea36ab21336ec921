package io.tidemark.router.operation.item;

import io.tidemark.router.error.ApiException;
import io.tidemark.router.expression.KeyAttributeRules;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.key.KeySchema;
import java.util.Optional;

/**
 * The filter of a Query or Scan, if it has one.
 *
 * @param parameter what messages call it
 */
record Filter(Optional<Condition> condition, String parameter) {
    static final String QUERY_FILTER = "QueryFilter";
    static final String SCAN_FILTER = "ScanFilter";

    private static final String EXPRESSION = "Filter Expression";

    /** @param olderParameter which parameter {@code older} was given as */
    static Filter of(Optional<Condition> older, String olderParameter, Clauses.Read read) {
        return older.isPresent() ? new Filter(older, olderParameter) : new Filter(read.filter(), EXPRESSION);
    }

    /** @throws ApiException VALIDATION if it is about a key attribute, which a Query has its own condition for */
    void requireNoKeys(KeySchema schema) {
        condition.ifPresent(checked -> KeyAttributeRules.requireNoKeys(schema, checked, parameter));
    }

    /** @throws ApiException VALIDATION if it looks into a key attribute */
    void requireScalarKeys(KeySchema schema) {
        condition.ifPresent(checked -> KeyAttributeRules.requireScalarKeys(schema, checked));
    }
}
