package io.tidemark.materializer.query;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tidemark.log.Barriers;
import io.tidemark.log.Log;
import io.tidemark.materializer.store.ReplicaReader;
import io.tidemark.materializer.store.StoreException;
import io.tidemark.materializer.streams.Replicas;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.node.StorageNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One node of a zone: serves what its replicas can. It owns neither the log nor the replicas; close it before them.
 *
 * <p>Answers come from the caller's thread, from the node's own, or from the one that hears of the log's end, so that what depends on
 * them cannot hold up a replica.
 */
public final class ReplicaNode implements StorageNode, MeterBinder {
    private final Log log;
    private final Replicas replicas;
    private final Barriers barriers;
    private final String version;
    private final LongSupplier nanoTime;
    private final NodeThreads threads;
    private final ParkedRequests parked;
    private final PendingReads pending;
    private final Writes writes;
    private final TableReads reads;
    private final Digests digests;
    private volatile boolean closed;

    /**
     * @param barriers for strongly consistent reads
     * @param version of the build, for {@link NodeReply.StatusResult}
     * @param nanoTime monotonic, as {@link System#nanoTime}
     */
    public ReplicaNode(
            Log log,
            Replicas replicas,
            Barriers barriers,
            ReplicaNodeConfig config,
            String version,
            LongSupplier nanoTime) {
        this.log = log;
        this.replicas = replicas;
        this.barriers = barriers;
        this.version = version;
        this.nanoTime = nanoTime;
        this.threads = new NodeThreads(replicas.zone(), config);
        this.parked =
                new ParkedRequests(config.maxParked(), replicas.gathering(), threads.completions(), threads.timer());
        this.pending = new PendingReads(threads.completions(), threads.timer());
        this.writes = new Writes(log, replicas, parked);
        this.reads = new TableReads(replicas.zone());
        this.digests = new Digests(replicas, () -> closed);
        replicas.addListener(writes);
    }

    @Override
    public CompletionStage<NodeReply> call(NodeRequest request, Duration duration) {
        Deadline deadline = Deadline.in(duration, nanoTime);
        try {
            if (closed) {
                throw new NodeException(Kind.NOT_SERVING, "the node is closed");
            }
            deadline.check();
            requireShard(request);
            return request instanceof NodeRequest.Write write
                    ? writes.write(write, duration)
                    : pending.answer(read(request, deadline), deadline);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(NodeFailures.ofRead(e));
        }
    }

    private CompletionStage<NodeReply> read(NodeRequest request, Deadline deadline) {
        return switch (request) {
            case NodeRequest.Write write -> throw new IllegalArgumentException("not a read: " + write);
            case NodeRequest.Get get -> get(get, deadline);
            case NodeRequest.Query query ->
                fresh(
                        query.shard(),
                        query.consistency(),
                        threads.pages(),
                        deadline,
                        reader -> reads.query(reader, query, deadline));
            case NodeRequest.Scan scan ->
                fresh(
                        scan.shard(),
                        scan.consistency(),
                        threads.pages(),
                        deadline,
                        reader -> reads.scan(reader, scan, deadline));
            case NodeRequest.SourceOffsets offsets ->
                fresh(
                        offsets.shard(),
                        offsets.consistency(),
                        threads.gets(),
                        deadline,
                        reader -> reads.sourceOffsets(reader, offsets));
            case NodeRequest.Rejections rejections ->
                fresh(
                        rejections.shard(),
                        Consistency.EVENTUAL,
                        threads.gets(),
                        deadline,
                        reader -> reads.rejections(reader, rejections));
            case NodeRequest.Digest digest ->
                onceApplied(
                        digest.shard(),
                        digest.barrier().next(),
                        digest.deep() ? threads.scrubs() : threads.gets(),
                        deadline,
                        () -> digests.digest(digest, deadline));
            case NodeRequest.LaneEntries entries ->
                onceApplied(
                        entries.shard(),
                        entries.barrier().next(),
                        threads.pages(),
                        deadline,
                        () -> digests.laneEntries(entries));
            case NodeRequest.Quarantine quarantine ->
                threads.gets().submit(() -> {
                    replicas.quarantine(quarantine.shard(), quarantine.reason());
                    return new NodeReply.Quarantined();
                });
            case NodeRequest.Status status ->
                threads.gets().submit(() -> new NodeReply.StatusResult(replicas.zone(), version, replicas.statuses()));
        };
    }

    /** On the caller's thread if that takes neither the disk nor long: waking another thread takes longer than such a read. */
    private CompletionStage<NodeReply> get(NodeRequest.Get get, Deadline deadline) {
        return switch (get.consistency()) {
            case Consistency.Eventual eventual -> {
                replicas.requireServing(get.shard());
                Optional<NodeReply.GetResult> reply = reads.getAtOnce(replicas.reader(get.shard()), get);
                yield reply.isPresent() ? CompletableFuture.completedFuture(reply.get()) : freshGet(get, deadline);
            }
            case Consistency.AtLeast atLeast -> freshGet(get, deadline);
            case Consistency.Strong strong -> strongGet(get, deadline);
        };
    }

    private CompletionStage<NodeReply> freshGet(NodeRequest.Get get, Deadline deadline) {
        return fresh(get.shard(), get.consistency(), threads.gets(), deadline, reader -> reads.get(reader, get));
    }

    /** What is found while the log's end is asked for is the answer, if the replica had applied that end by then. */
    private CompletionStage<NodeReply> strongGet(NodeRequest.Get get, Deadline deadline) {
        ShardId shard = get.shard();
        replicas.requireServing(shard);
        CompletionStage<Lsn> barrier = barriers.barrier(shard);
        Optional<NodeReply.GetResult> early = early(get);
        return barrier.thenCompose(next ->
                early.isPresent() && !early.get().position().nextLsn().isBefore(next)
                        ? CompletableFuture.completedFuture(early.get())
                        : onceApplied(shard, next, threads.gets(), deadline, () -> {
                            deadline.check();
                            return reads.get(replicas.reader(shard), get);
                        }));
    }

    private Optional<NodeReply.GetResult> early(NodeRequest.Get get) {
        try {
            return reads.getAtOnce(replicas.reader(get.shard()), get);
        } catch (NodeException | StoreException e) {
            // It may be otherwise once the end is applied: a new table, for one.
            return Optional.empty();
        }
    }

    /** A shard that no node has would be asked for in vain in every zone. */
    private void requireShard(NodeRequest request) {
        shardOf(request).filter(shard -> shard.value() >= log.shardCount()).ifPresent(shard -> {
            throw new NodeException(
                    Kind.INVALID_REQUEST, "no shard " + shard + ": the log has " + log.shardCount() + " shards");
        });
    }

    private static Optional<ShardId> shardOf(NodeRequest request) {
        return switch (request) {
            case NodeRequest.Write write -> Optional.of(write.shard());
            case NodeRequest.Get get -> Optional.of(get.shard());
            case NodeRequest.Query query -> Optional.of(query.shard());
            case NodeRequest.Scan scan -> Optional.of(scan.shard());
            case NodeRequest.Digest digest -> Optional.of(digest.shard());
            case NodeRequest.LaneEntries entries -> Optional.of(entries.shard());
            case NodeRequest.Quarantine quarantine -> Optional.of(quarantine.shard());
            case NodeRequest.SourceOffsets offsets -> Optional.of(offsets.shard());
            case NodeRequest.Rejections rejections -> Optional.of(rejections.shard());
            case NodeRequest.Status status -> Optional.empty();
        };
    }

    /** Reads once the replica is as fresh as asked for. A replica that does not serve is not waited for. */
    private CompletionStage<NodeReply> fresh(
            ShardId shard,
            Consistency consistency,
            BoundedExecutor executor,
            Deadline deadline,
            Function<ReplicaReader, NodeReply> read) {
        replicas.requireServing(shard);
        Supplier<NodeReply> task = () -> {
            deadline.check();
            return read.apply(replicas.reader(shard));
        };
        return switch (consistency) {
            case Consistency.Eventual eventual -> executor.submit(task);
            case Consistency.AtLeast atLeast -> onceApplied(shard, atLeast.lsn().next(), executor, deadline, task);
            case Consistency.Strong strong ->
                barriers.barrier(shard).thenCompose(next -> onceApplied(shard, next, executor, deadline, task));
        };
    }

    /** @param next where the replica must stand at least */
    private CompletionStage<NodeReply> onceApplied(
            ShardId shard, Lsn next, BoundedExecutor executor, Deadline deadline, Supplier<NodeReply> task) {
        return replicas.awaitApplied(shard, next, deadline.remaining()).thenCompose(applied -> executor.submit(task));
    }

    /** How full the bounded places are; what is served is told by {@link MeteredNode}. */
    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("tidemark.node.parked", parked, ParkedRequests::count)
                .description("Writes that wait for their outcome")
                .register(meters);
        Map.of("get", threads.gets(), "page", threads.pages(), "scrub", threads.scrubs())
                .forEach((work, executor) -> Gauge.builder("tidemark.node.queued", executor, BoundedExecutor::queued)
                        .description("Requests that wait for a thread")
                        .tag("work", work)
                        .register(meters));
    }

    /**
     * Fails everything under way: reads with NOT_SERVING, writes, which may be in the log, with TIMEOUT. Later requests get
     * NOT_SERVING.
     */
    @Override
    public void close() {
        closed = true;
        parked.close();
        pending.close();
        threads.close();
    }
}
