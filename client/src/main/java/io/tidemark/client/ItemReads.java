package io.tidemark.client;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.key.InvalidKeyException;
import io.tidemark.schema.key.ItemKey;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeReply.Position;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.value.Item;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** Gets, queries and scans. Thread-safe. */
final class ItemReads {
    private final ShardCalls calls;
    private final Routing routing;

    ItemReads(ShardCalls calls, Routing routing) {
        this.calls = calls;
        this.routing = routing;
    }

    CompletableFuture<NodeReply.GetResult> get(GetRequest request) {
        return read(request.tableName(), route -> {
            ItemKey key = KeyEncoding.encode(route.tableId(), route.keySchema(), request.key());
            ShardId shard = route.shardOf(key);
            return calls.call(
                            shard,
                            new NodeRequest.Get(
                                    shard, route.tableId(), request.key(), request.projection(), request.consistency()))
                    .thenApply(reply -> Replies.as(NodeReply.GetResult.class, reply));
        });
    }

    CompletableFuture<ItemPage> query(QueryRequest request) {
        return read(request.tableName(), route -> {
            Bytes prefix = KeyEncoding.partitionPrefix(route.tableId(), route.keySchema(), request.partitionKey());
            ShardId shard = route.shardOf(ByteBuffer.wrap(prefix.array()).getInt(Integer.BYTES));
            return calls.call(
                            shard,
                            new NodeRequest.Query(
                                    shard,
                                    route.tableId(),
                                    request.partitionKey(),
                                    request.sortKeyCondition(),
                                    request.forward(),
                                    request.limit(),
                                    request.exclusiveStart(),
                                    request.filter(),
                                    request.projection(),
                                    request.consistency()))
                    .thenApply(reply -> page(Replies.as(NodeReply.Page.class, reply)));
        });
    }

    private static ItemPage page(NodeReply.Page page) {
        return new ItemPage(
                page.items(), page.lastEvaluated(), page.scannedCount(), page.scannedBytes(), List.of(page.position()));
    }

    CompletableFuture<ItemPage> scan(ScanRequest request) {
        return read(request.tableName(), route -> scan(request, route, pieces(request, route), 0, Gathered.NOTHING));
    }

    private record Piece(ShardId shard, HashRange range) {}

    /** What is left of the segment, partition by partition. */
    private static List<Piece> pieces(ScanRequest request, TableRoute route) {
        HashRange segment = HashRange.ALL.part(request.segment(), request.totalSegments());
        long start = request.exclusiveStart().map(key -> hash(route, key)).orElse(segment.start());
        if (start < segment.start() || start >= segment.end()) {
            throw new IllegalArgumentException("the exclusive start key is not in segment " + request.segment() + " of "
                    + request.totalSegments());
        }
        List<Piece> pieces = new ArrayList<>();
        for (TableRoute.Partition partition : route.partitions()) {
            long from = Math.max(segment.start(), partition.range().start());
            long to = Math.min(segment.end(), partition.range().end());
            if (from < to && start < to) {
                pieces.add(new Piece(partition.shard(), new HashRange(from, to)));
            }
        }
        return pieces;
    }

    private static long hash(TableRoute route, PrimaryKey key) {
        return Integer.toUnsignedLong(
                KeyEncoding.encode(route.tableId(), route.keySchema(), key).keyHash());
    }

    /** What the pieces so far gave. */
    private record Gathered(List<Item> items, int scannedCount, int scannedBytes, List<Position> positions) {
        static final Gathered NOTHING = new Gathered(List.of(), 0, 0, List.of());

        Gathered plus(NodeReply.Page page) {
            List<Item> allItems = new ArrayList<>(items);
            allItems.addAll(page.items());
            List<Position> allPositions = new ArrayList<>(positions);
            allPositions.add(page.position());
            return new Gathered(
                    allItems, scannedCount + page.scannedCount(), scannedBytes + page.scannedBytes(), allPositions);
        }

        ItemPage page(Optional<PrimaryKey> lastEvaluated) {
            return new ItemPage(items, lastEvaluated, scannedCount, scannedBytes, positions);
        }
    }

    /**
     * A piece whose answer has no last evaluated key is exhausted, below the limits: so the next piece gets what is left of them,
     * which is at least one item.
     */
    private CompletableFuture<ItemPage> scan(
            ScanRequest request, TableRoute route, List<Piece> pieces, int index, Gathered before) {
        Piece piece = pieces.get(index);
        NodeRequest.Scan part = new NodeRequest.Scan(
                piece.shard(),
                route.tableId(),
                piece.range(),
                request.limit() - before.scannedCount(),
                Math.max(1, NodeRequest.MAX_PAGE_BYTES - before.scannedBytes()),
                index == 0 ? request.exclusiveStart() : Optional.empty(),
                request.filter(),
                request.projection(),
                request.consistency());
        return calls.call(piece.shard(), part).thenCompose(reply -> {
            NodeReply.Page page = Replies.as(NodeReply.Page.class, reply);
            Gathered gathered = before.plus(page);
            return page.lastEvaluated().isPresent() || index + 1 == pieces.size()
                    ? CompletableFuture.completedFuture(gathered.page(page.lastEvaluated()))
                    : scan(request, route, pieces, index + 1, gathered);
        });
    }

    private <T> CompletableFuture<T> read(String tableName, Function<TableRoute, CompletableFuture<T>> operation) {
        return routing.routed(tableName, (route, tries) -> valid(() -> operation.apply(route)))
                .exceptionallyCompose(failure -> {
                    Throwable cause = Operations.unwrapped(failure);
                    return CompletableFuture.failedFuture(
                            cause instanceof NodeException node ? translated(node) : cause);
                });
    }

    private static <T> CompletableFuture<T> valid(Supplier<CompletableFuture<T>> operation) {
        try {
            return operation.get();
        } catch (InvalidKeyException e) {
            return CompletableFuture.failedFuture(new InvalidRequestException(e));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(new InvalidRequestException(e));
        }
    }

    private static TidemarkException translated(NodeException failure) {
        String message = String.valueOf(failure.getMessage());
        return failure.kind() == NodeException.Kind.INVALID_REQUEST
                ? new InvalidRequestException(message)
                : new InternalErrorException(message, failure);
    }
}
