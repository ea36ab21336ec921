package io.tidemark.client;

import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.Projection;
import io.tidemark.schema.expression.SortKeyCondition;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.value.AttributeValue;
import java.util.Optional;

/**
 * The items of one partition key in sort-key order. Immutable.
 *
 * @param limit items that a page evaluates at most, before the filter
 * @param exclusiveStart where the page before ended
 */
public record QueryRequest(
        String tableName,
        AttributeValue partitionKey,
        Optional<SortKeyCondition> sortKeyCondition,
        boolean forward,
        int limit,
        Optional<PrimaryKey> exclusiveStart,
        Optional<Condition> filter,
        Optional<Projection> projection,
        Consistency consistency) {

    /** All items of the partition key, ascending, eventually consistent. */
    public static QueryRequest of(String tableName, AttributeValue partitionKey) {
        return new QueryRequest(
                tableName,
                partitionKey,
                Optional.empty(),
                true,
                NodeRequest.MAX_PAGE_ITEMS,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Consistency.EVENTUAL);
    }

    public QueryRequest where(SortKeyCondition condition) {
        return copy(Optional.of(condition), forward, limit, exclusiveStart, filter, projection, consistency);
    }

    public QueryRequest backward() {
        return copy(sortKeyCondition, false, limit, exclusiveStart, filter, projection, consistency);
    }

    public QueryRequest limit(int newLimit) {
        return copy(sortKeyCondition, forward, newLimit, exclusiveStart, filter, projection, consistency);
    }

    public QueryRequest after(PrimaryKey lastEvaluated) {
        return copy(sortKeyCondition, forward, limit, Optional.of(lastEvaluated), filter, projection, consistency);
    }

    public QueryRequest filter(Condition newFilter) {
        return copy(sortKeyCondition, forward, limit, exclusiveStart, Optional.of(newFilter), projection, consistency);
    }

    public QueryRequest project(Projection newProjection) {
        return copy(sortKeyCondition, forward, limit, exclusiveStart, filter, Optional.of(newProjection), consistency);
    }

    public QueryRequest consistency(Consistency newConsistency) {
        return copy(sortKeyCondition, forward, limit, exclusiveStart, filter, projection, newConsistency);
    }

    private QueryRequest copy(
            Optional<SortKeyCondition> newSortKeyCondition,
            boolean newForward,
            int newLimit,
            Optional<PrimaryKey> newExclusiveStart,
            Optional<Condition> newFilter,
            Optional<Projection> newProjection,
            Consistency newConsistency) {
        return new QueryRequest(
                tableName,
                partitionKey,
                newSortKeyCondition,
                newForward,
                newLimit,
                newExclusiveStart,
                newFilter,
                newProjection,
                newConsistency);
    }
}
