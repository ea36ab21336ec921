package io.tidemark.router.operation.item;

import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ItemErrors;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.UpdateExpression;

/**
 * Keeps out of the log what a shard would reject: trees larger than any expression. Only the older parameters can give such, which
 * have no limit but that of the request.
 */
final class TreeSize {
    /** What the state machine admits, with its way of counting. */
    static final int MAX_NODES = 4_096;

    private TreeSize() {}

    /** @throws ApiException VALIDATION */
    static void require(Condition condition) {
        if (nodes(condition) > MAX_NODES) {
            throw ItemErrors.tooManyConditions();
        }
    }

    /**
     * @param updates of one attribute each
     * @throws ApiException VALIDATION
     */
    static void require(UpdateExpression updates) {
        // The largest, which appends to a list, is of four nodes.
        if (updates.actions().size() > MAX_NODES / 4) {
            throw ItemErrors.tooManyUpdates();
        }
    }

    private static int nodes(Condition condition) {
        return switch (condition) {
            case Condition.Compare compare -> 3;
            case Condition.Between between -> 4;
            case Condition.In in -> 2 + in.candidates().size();
            case Condition.AttributeExists exists -> 2;
            case Condition.AttributeNotExists absent -> 2;
            case Condition.HasType hasType -> 2;
            case Condition.BeginsWith begins -> 3;
            case Condition.Contains contains -> 3;
            case Condition.And and ->
                1 + and.terms().stream().mapToInt(TreeSize::nodes).sum();
            case Condition.Or or ->
                1 + or.terms().stream().mapToInt(TreeSize::nodes).sum();
            case Condition.Not not -> 1 + nodes(not.term());
        };
    }
}
