package io.tidemark.materializer.query;

import io.tidemark.materializer.core.Conditions;
import io.tidemark.materializer.core.ExpressionLimits;
import io.tidemark.materializer.core.KeyedItem;
import io.tidemark.materializer.core.Projections;
import io.tidemark.materializer.core.StoredItem;
import io.tidemark.materializer.core.TableState;
import io.tidemark.materializer.store.DiskNeededException;
import io.tidemark.materializer.store.ItemCursor;
import io.tidemark.materializer.store.ReplicaReader;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.TableId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.Projection;
import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.key.ItemKey;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.key.KeyRange;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeReply.Position;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.value.Item;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gets, queries, scans and listings of one replica. Blocks on its disk, but for {@link #getAtOnce}. */
final class TableReads {
    /** Of a stored item: decoding it, and writing the answer, takes well under a tenth of a millisecond. */
    private static final int MAX_AT_ONCE_BYTES = 8 << 10;

    private final Zone zone;

    TableReads(Zone zone) {
        this.zone = zone;
    }

    /** Taken before anything is read, so that it is never more than what was seen. */
    private Position position(ReplicaReader reader) {
        return new Position(zone, reader.shard(), reader.nextLsn());
    }

    NodeReply.GetResult get(ReplicaReader reader, NodeRequest.Get request) {
        Position position = position(reader);
        return result(stored(reader, request), request, position);
    }

    /** Empty if that would take the disk, or long because of the item's size. */
    Optional<NodeReply.GetResult> getAtOnce(ReplicaReader reader, NodeRequest.Get request) {
        Position position = position(reader);
        try {
            StoredItem stored = stored(reader.inMemory(), request);
            return stored != null && stored.encoded().length() > MAX_AT_ONCE_BYTES
                    ? Optional.empty()
                    : Optional.of(result(stored, request, position));
        } catch (DiskNeededException e) {
            return Optional.empty();
        }
    }

    private static @Nullable StoredItem stored(ReplicaReader reader, NodeRequest.Get request) {
        TableState table = openTable(reader, request.tableId());
        ItemKey key = KeyEncoding.encode(request.tableId(), table.keySchema(), request.key());
        requireOwned(table, key.keyHash());
        return reader.item(key);
    }

    private static NodeReply.GetResult result(@Nullable StoredItem stored, NodeRequest.Get request, Position position) {
        return stored == null
                ? new NodeReply.GetResult(Optional.empty(), 0, position)
                : new NodeReply.GetResult(
                        Optional.of(projected(stored.item(), request.projection())), stored.sizeBytes(), position);
    }

    NodeReply.Page query(ReplicaReader reader, NodeRequest.Query request, Deadline deadline) {
        Position position = position(reader);
        TableState table = openTable(reader, request.tableId());
        Bytes prefix = KeyEncoding.partitionPrefix(request.tableId(), table.keySchema(), request.partitionKey());
        requireOwned(table, ByteBuffer.wrap(prefix.array()).getInt(Integer.BYTES));
        KeyRange range = KeyEncoding.sortRange(
                request.tableId(), table.keySchema(), request.partitionKey(), request.sortKeyCondition());
        KeyRange rest = rest(range, request.tableId(), table, request.forward(), request.exclusiveStart());
        Limits limits = new Limits(request.limit(), NodeRequest.MAX_PAGE_BYTES);
        Walk walk = new Walk(table, limits, request.filter(), request.projection(), deadline);
        return walk.page(reader, rest, request.forward(), position);
    }

    NodeReply.Page scan(ReplicaReader reader, NodeRequest.Scan request, Deadline deadline) {
        Position position = position(reader);
        TableState table = openTable(reader, request.tableId());
        requireOwned(table, request.range());
        KeyRange range = KeyEncoding.hashRange(request.tableId(), request.range());
        KeyRange rest = rest(range, request.tableId(), table, true, request.exclusiveStart());
        Limits limits = new Limits(request.limit(), request.maxBytes());
        Walk walk = new Walk(table, limits, request.filter(), request.projection(), deadline);
        return walk.page(reader, rest, true, position);
    }

    NodeReply.SourceOffsetsResult sourceOffsets(ReplicaReader reader, NodeRequest.SourceOffsets request) {
        Position position = position(reader);
        return new NodeReply.SourceOffsetsResult(reader.sourceOffsets(request.bindingId()), position);
    }

    NodeReply.RejectionsResult rejections(ReplicaReader reader, NodeRequest.Rejections request) {
        Position position = position(reader);
        return new NodeReply.RejectionsResult(
                reader.latestRejections(request.limit()), reader.rejectedCount(), position);
    }

    private static TableState openTable(ReplicaReader reader, TableId tableId) {
        return reader.table(tableId)
                .filter(TableState::open)
                .orElseThrow(() -> new NodeException(
                        Kind.UNKNOWN_TABLE, "shard " + reader.shard() + " has no open table " + tableId));
    }

    private static void requireOwned(TableState table, int keyHash) {
        if (!table.owns(keyHash)) {
            throw new NodeException(
                    Kind.WRONG_RANGE,
                    "key hash " + Integer.toHexString(keyHash) + " is not in the shard's ranges " + table.ranges());
        }
    }

    private static void requireOwned(TableState table, HashRange range) {
        long covered = range.start();
        for (HashRange owned : table.ranges()) {
            if (owned.start() <= covered && covered < owned.end()) {
                covered = owned.end();
            }
        }
        if (covered < range.end()) {
            throw new NodeException(
                    Kind.WRONG_RANGE, "range " + range + " is not within the shard's ranges " + table.ranges());
        }
    }

    /** What lies beyond the exclusive start, in the direction of the walk. */
    private static KeyRange rest(
            KeyRange range, TableId tableId, TableState table, boolean forward, Optional<PrimaryKey> exclusiveStart) {
        if (exclusiveStart.isEmpty()) {
            return range;
        }
        Bytes start = KeyEncoding.encode(tableId, table.keySchema(), exclusiveStart.get())
                .bytes();
        if (!range.contains(start)) {
            throw new NodeException(
                    Kind.INVALID_REQUEST,
                    "The provided starting key is outside query boundaries based on provided conditions");
        }
        // No encoding is a prefix of another, so a zero byte more is the least key above.
        return forward
                ? new KeyRange(Bytes.wrap(Arrays.copyOf(start.array(), start.length() + 1)), range.end())
                : new KeyRange(range.start(), start);
    }

    private static Item projected(Item item, Optional<Projection> projection) {
        return projection.isPresent() ? Projections.project(item, projection.get()) : item;
    }

    /** What ends a page: items evaluated, and their bytes. */
    private record Limits(int items, int bytes) {}

    /** Gathers one page; used once. */
    private static final class Walk {
        private final TableState table;
        private final Limits limits;
        private final Optional<Condition> filter;
        private final Optional<Projection> projection;
        private final Deadline deadline;
        private final List<Item> items = new ArrayList<>();
        private int scannedCount;
        private int scannedBytes;

        Walk(
                TableState table,
                Limits limits,
                Optional<Condition> filter,
                Optional<Projection> projection,
                Deadline deadline) {
            if (filter.isPresent() && !ExpressionLimits.admit(filter.get())) {
                throw new NodeException(
                        Kind.INVALID_REQUEST, "the filter is larger or deeper than an expression may be: simplify it");
            }
            this.table = table;
            this.limits = limits;
            this.filter = filter;
            this.projection = projection;
            this.deadline = deadline;
        }

        NodeReply.Page page(ReplicaReader reader, KeyRange range, boolean forward, Position position) {
            Optional<PrimaryKey> lastEvaluated = range.isEmpty() ? Optional.empty() : walk(reader, range, forward);
            return new NodeReply.Page(items, lastEvaluated, scannedCount, scannedBytes, position);
        }

        /** @return the last key evaluated, if the page is full rather than the range exhausted */
        private Optional<PrimaryKey> walk(ReplicaReader reader, KeyRange range, boolean forward) {
            try (ItemCursor cursor = reader.items(range, forward)) {
                ItemKey last = null;
                while (cursor.hasNext()) {
                    deadline.check();
                    KeyedItem next = cursor.next();
                    int sizeBytes = next.item().sizeBytes();
                    if (last != null && scannedBytes + sizeBytes > limits.bytes()) {
                        return lastEvaluated(last);
                    }
                    evaluate(next.item().item());
                    scannedBytes += sizeBytes;
                    scannedCount++;
                    last = next.key();
                    if (scannedCount == limits.items()) {
                        return lastEvaluated(last);
                    }
                }
                return Optional.empty();
            }
        }

        private void evaluate(Item item) {
            if (filter.isEmpty() || Conditions.test(filter.get(), item)) {
                items.add(projected(item, projection));
            }
        }

        private Optional<PrimaryKey> lastEvaluated(ItemKey key) {
            return Optional.of(KeyEncoding.decode(table.keySchema(), key));
        }
    }
}
