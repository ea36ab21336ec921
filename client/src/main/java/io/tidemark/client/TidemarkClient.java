package io.tidemark.client;

import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.value.Item;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Reads and writes items. Each request goes to the nearest zone, or the one that its shard prefers, and to the next one, with the same request id,
 * where that zone does not serve it: so a write takes effect once, whichever zones were asked.
 *
 * <p>Thread-safe. Every operation exists twice: {@code …Async} returns at once with a future, which fails with a {@link
 * TidemarkException} wrapped as futures do; the other waits and throws the {@link TidemarkException} itself. Futures may complete
 * on threads of the nodes' connections: what depends on them must not block.
 */
public final class TidemarkClient implements AutoCloseable {
    private final ShardCalls calls;
    private final Operations operations;
    private final ItemWrites writes;
    private final ItemReads reads;
    private final ClusterNodes nodes;

    /**
     * @param nodes are not closed with the client
     * @param random makes request ids: must not repeat what another client's gives. Used under a lock
     */
    public TidemarkClient(ClusterNodes nodes, RouteSource routes, ClientConfig config, RandomGenerator random) {
        this(nodes, routes, config, random, System::nanoTime);
    }

    /** @param nanoTime monotonic, as {@link System#nanoTime} */
    TidemarkClient(
            ClusterNodes nodes,
            RouteSource routes,
            ClientConfig config,
            RandomGenerator random,
            LongSupplier nanoTime) {
        this.nodes = nodes;
        this.calls = new ShardCalls(nodes, config, random, nanoTime);
        this.operations = new Operations(config.maxInFlight());
        Routing routing = new Routing(routes, calls);
        this.writes = new ItemWrites(calls, routing);
        this.reads = new ItemReads(calls, routing);
    }

    /**
     * Fails with {@link ConditionFailedException}, {@link InvalidRequestException}, {@link UnknownTableException} or {@link
     * UnavailableException}.
     */
    public CompletableFuture<WriteResult> writeAsync(WriteRequest request) {
        RequestId requestId = request.options().requestId().orElseGet(calls::newRequestId);
        return operations.run(Optional.of(requestId), () -> writes.write(request, requestId));
    }

    public WriteResult write(WriteRequest request) {
        return join(writeAsync(request));
    }

    public CompletableFuture<WriteResult> putAsync(PutRequest request) {
        return writeAsync(request);
    }

    public WriteResult put(PutRequest request) {
        return write(request);
    }

    public CompletableFuture<WriteResult> deleteAsync(DeleteRequest request) {
        return writeAsync(request);
    }

    public WriteResult delete(DeleteRequest request) {
        return write(request);
    }

    public CompletableFuture<WriteResult> updateAsync(UpdateRequest request) {
        return writeAsync(request);
    }

    public WriteResult update(UpdateRequest request) {
        return write(request);
    }

    /** Fails with {@link InvalidRequestException}, {@link UnknownTableException} or {@link UnavailableException}. */
    public CompletableFuture<NodeReply.GetResult> getAsync(GetRequest request) {
        return operations.run(Optional.empty(), () -> reads.get(request));
    }

    public Optional<Item> get(GetRequest request) {
        return join(getAsync(request)).item();
    }

    /** One page; fails as {@link #getAsync}. */
    public CompletableFuture<ItemPage> queryAsync(QueryRequest request) {
        return operations.run(Optional.empty(), () -> reads.query(request));
    }

    public ItemPage query(QueryRequest request) {
        return join(queryAsync(request));
    }

    /** The items of all pages from the request's start on; each page is fetched when the iteration gets there. */
    public Iterable<Item> queryAll(QueryRequest request) {
        return () -> new PagedItems<>(request, this::query, QueryRequest::after);
    }

    /** One page, which may span partitions; fails as {@link #getAsync}. */
    public CompletableFuture<ItemPage> scanAsync(ScanRequest request) {
        return operations.run(Optional.empty(), () -> reads.scan(request));
    }

    public ItemPage scan(ScanRequest request) {
        return join(scanAsync(request));
    }

    /** The items of all pages from the request's start on; each page is fetched when the iteration gets there. */
    public Iterable<Item> scanAll(ScanRequest request) {
        return () -> new PagedItems<>(request, this::scan, ScanRequest::after);
    }

    /**
     * Any request to a shard, served by whichever zone can.
     *
     * @return fails with an {@link UnavailableException}, or with a {@link NodeException} that no other zone could mend
     */
    public CompletableFuture<NodeReply> callAsync(ShardId shard, NodeRequest request) {
        return operations.run(Optional.empty(), () -> calls.call(shard, request));
    }

    /**
     * Any request to a shard's replica in one zone, tried once.
     *
     * @param deadline from now
     * @return fails with a {@link NodeException}
     * @throws IllegalArgumentException if there is no such zone
     */
    public CompletableFuture<NodeReply> callZoneAsync(
            Zone zone, ShardId shard, NodeRequest request, Duration deadline) {
        nodes.zone(zone);
        return operations.run(Optional.empty(), () -> calls.callZone(zone, shard, request, deadline));
    }

    /** What a node says of itself, or why it did not answer. */
    public record NodeStatus(Zone zone, String node, Optional<NodeReply.StatusResult> status, String error) {}

    /** Asks every node; never fails. In the order of the zones and their nodes. */
    public CompletableFuture<List<NodeStatus>> statusAsync(Duration deadline) {
        List<CompletableFuture<NodeStatus>> answers = nodes.zones().stream()
                .flatMap(zone -> zone.nodes().stream()
                        .map(node -> calls.ask(node, new NodeRequest.Status(), deadline)
                                .handle((reply, failure) -> reply instanceof NodeReply.StatusResult status
                                        ? new NodeStatus(zone.zone(), node.toString(), Optional.of(status), "")
                                        : new NodeStatus(
                                                zone.zone(),
                                                node.toString(),
                                                Optional.empty(),
                                                String.valueOf(failure)))))
                .toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(done -> answers.stream().map(CompletableFuture::join).toList());
    }

    public RequestId newRequestId() {
        return calls.newRequestId();
    }

    public ClusterNodes nodes() {
        return nodes;
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TidemarkException known) {
                // The trace is that of the thread that failed it; this one's says who asked.
                known.addSuppressed(new Throwable("asked here"));
                throw known;
            }
            throw new InternalErrorException("unexpected failure: " + e.getCause(), e);
        }
    }

    /** Fails what is under way. The nodes stay open. */
    @Override
    public void close() {
        calls.close();
        operations.close();
    }
}
