package io.tidemark.schema.node;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.Projection;
import io.tidemark.schema.expression.SortKeyCondition;
import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.wire.WalPayload;
import java.util.Optional;
import java.util.Set;

/** A request to a storage node. Every request concerns one shard, except {@link Status}. */
public sealed interface NodeRequest {
    /** The greatest number of items that a page evaluates. */
    int MAX_PAGE_ITEMS = 10_000;
    /** The greatest size of the items that a page evaluates, by DynamoDB's accounting. */
    int MAX_PAGE_BYTES = 1 << 20;

    /** Append a command and answer with its outcome. Sent again with the same request id it takes effect once. */
    record Write(ShardId shard, WalPayload payload) implements NodeRequest {}

    record Get(ShardId shard, TableId tableId, PrimaryKey key, Optional<Projection> projection, Consistency consistency)
            implements NodeRequest {}

    /**
     * The items of one partition key in sort-key order.
     *
     * @param limit items to evaluate at most, before the filter; 1 to {@link #MAX_PAGE_ITEMS}
     * @param exclusiveStart where the page before ended
     */
    record Query(
            ShardId shard,
            TableId tableId,
            AttributeValue partitionKey,
            Optional<SortKeyCondition> sortKeyCondition,
            boolean forward,
            int limit,
            Optional<PrimaryKey> exclusiveStart,
            Optional<Condition> filter,
            Optional<Projection> projection,
            Consistency consistency)
            implements NodeRequest {
        public Query {
            requireLimit(limit);
        }
    }

    /**
     * The items of a hash range that this shard owns, in order of hash and key. A scan segment is a sub-range.
     *
     * @param limit as of a query
     * @param maxBytes size of the items to evaluate at most, but for the first one; 1 to {@link #MAX_PAGE_BYTES}. Less than that
     *     for a page that other shards have begun
     */
    record Scan(
            ShardId shard,
            TableId tableId,
            HashRange range,
            int limit,
            int maxBytes,
            Optional<PrimaryKey> exclusiveStart,
            Optional<Condition> filter,
            Optional<Projection> projection,
            Consistency consistency)
            implements NodeRequest {
        public Scan {
            requireLimit(limit);
            if (maxBytes < 1 || maxBytes > MAX_PAGE_BYTES) {
                throw new IllegalArgumentException("maxBytes must be 1 to " + MAX_PAGE_BYTES + ": " + maxBytes);
            }
        }
    }

    /**
     * The state digest that the replica captured at the VERIFY barrier with this LSN; waits until it is applied.
     *
     * @param deep re-read everything at rest (block checksums, item CRCs) and compute the lanes from it, rather than report
     *     the lanes as they were kept up to date
     */
    record Digest(ShardId shard, Lsn barrier, boolean deep) implements NodeRequest {}

    /** The entries of some lanes as they were at a VERIFY barrier, for the drill-down; paged by store key. */
    record LaneEntries(
            ShardId shard, Lsn barrier, Set<Integer> lanes, Optional<io.tidemark.schema.Bytes> after, int limit)
            implements NodeRequest {
        public LaneEntries {
            lanes = Set.copyOf(lanes);
            requireLimit(limit);
        }
    }

    /** Stop serving the shard, keep the evidence, and rebuild the replica from the log. */
    record Quarantine(ShardId shard, String reason) implements NodeRequest {}

    /** The last source offsets that the shard applied from a binding, by source partition. */
    record SourceOffsets(ShardId shard, int bindingId, Consistency consistency) implements NodeRequest {}

    /** The latest rejected records that the replica remembers. */
    record Rejections(ShardId shard, int limit) implements NodeRequest {
        public Rejections {
            requireLimit(limit);
        }
    }

    /** All replicas of the node: positions, states, counts. */
    record Status() implements NodeRequest {}

    private static void requireLimit(int limit) {
        if (limit < 1 || limit > MAX_PAGE_ITEMS) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_PAGE_ITEMS + ": " + limit);
        }
    }
}
