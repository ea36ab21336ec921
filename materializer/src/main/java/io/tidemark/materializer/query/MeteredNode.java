package io.tidemark.materializer.query;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.node.StorageNode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Times what a node serves, by kind of request and by what came of it: {@code ok}, or the {@link NodeException.Kind} in lower
 * case. Closes the node with itself.
 */
public final class MeteredNode implements StorageNode {
    /** Tags: {@code request}, {@code result}. */
    public static final String TIMER = "tidemark.node.requests";

    private static final String OK = "ok";

    private final StorageNode node;
    private final MeterRegistry meters;
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

    private record Series(String request, String result) {}

    public MeteredNode(StorageNode node, MeterRegistry meters) {
        this.node = node;
        this.meters = meters;
    }

    @Override
    public CompletionStage<NodeReply> call(NodeRequest request, Duration deadline) {
        long startNanos = meters.config().clock().monotonicTime();
        return node.call(request, deadline).whenComplete((reply, failure) -> {
            long nanos = meters.config().clock().monotonicTime() - startNanos;
            timers.computeIfAbsent(new Series(name(request), result(failure)), this::timer)
                    .record(nanos, TimeUnit.NANOSECONDS);
        });
    }

    private Timer timer(Series series) {
        return Timer.builder(TIMER)
                .description("What the node served, and how long that took")
                .tag("request", series.request())
                .tag("result", series.result())
                .publishPercentileHistogram()
                .register(meters);
    }

    private static String name(NodeRequest request) {
        return switch (request) {
            case NodeRequest.Write write -> "write";
            case NodeRequest.Get get -> "get";
            case NodeRequest.Query query -> "query";
            case NodeRequest.Scan scan -> "scan";
            case NodeRequest.Digest digest -> "digest";
            case NodeRequest.LaneEntries entries -> "lane_entries";
            case NodeRequest.Quarantine quarantine -> "quarantine";
            case NodeRequest.SourceOffsets offsets -> "source_offsets";
            case NodeRequest.Rejections rejections -> "rejections";
            case NodeRequest.Status status -> "status";
        };
    }

    private static String result(@Nullable Throwable failure) {
        if (failure == null) {
            return OK;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        NodeException.Kind kind = cause instanceof NodeException known ? known.kind() : NodeException.Kind.INTERNAL;
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        node.close();
    }
}
