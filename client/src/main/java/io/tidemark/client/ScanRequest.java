package io.tidemark.client;

import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.Projection;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.node.NodeRequest;
import java.util.Optional;

/**
 * All items of a table, or of one of several equal segments of it, in order of key hash and key. Immutable.
 *
 * @param limit items that a page evaluates at most, before the filter
 * @param exclusiveStart where the page before ended
 * @param consistency eventual or strong; a write's token speaks of one shard only
 */
public record ScanRequest(
        String tableName,
        int segment,
        int totalSegments,
        int limit,
        Optional<PrimaryKey> exclusiveStart,
        Optional<Condition> filter,
        Optional<Projection> projection,
        Consistency consistency) {
    /** DynamoDB's limit. */
    public static final int MAX_SEGMENTS = 1_000_000;

    public ScanRequest {
        if (totalSegments < 1 || totalSegments > MAX_SEGMENTS || segment < 0 || segment >= totalSegments) {
            throw new IllegalArgumentException(
                    "no segment " + segment + " of " + totalSegments + "; at most " + MAX_SEGMENTS + " are admitted");
        }
        if (consistency instanceof Consistency.AtLeast) {
            throw new IllegalArgumentException("a scan is eventually or strongly consistent");
        }
    }

    /** The whole table, eventually consistent. */
    public static ScanRequest of(String tableName) {
        return new ScanRequest(
                tableName,
                0,
                1,
                NodeRequest.MAX_PAGE_ITEMS,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Consistency.EVENTUAL);
    }

    public ScanRequest segment(int newSegment, int newTotalSegments) {
        return new ScanRequest(
                tableName, newSegment, newTotalSegments, limit, exclusiveStart, filter, projection, consistency);
    }

    public ScanRequest limit(int newLimit) {
        return new ScanRequest(
                tableName, segment, totalSegments, newLimit, exclusiveStart, filter, projection, consistency);
    }

    public ScanRequest after(PrimaryKey lastEvaluated) {
        return new ScanRequest(
                tableName, segment, totalSegments, limit, Optional.of(lastEvaluated), filter, projection, consistency);
    }

    public ScanRequest filter(Condition newFilter) {
        return new ScanRequest(
                tableName,
                segment,
                totalSegments,
                limit,
                exclusiveStart,
                Optional.of(newFilter),
                projection,
                consistency);
    }

    public ScanRequest project(Projection newProjection) {
        return new ScanRequest(
                tableName,
                segment,
                totalSegments,
                limit,
                exclusiveStart,
                filter,
                Optional.of(newProjection),
                consistency);
    }

    public ScanRequest consistency(Consistency newConsistency) {
        return new ScanRequest(
                tableName, segment, totalSegments, limit, exclusiveStart, filter, projection, newConsistency);
    }
}
