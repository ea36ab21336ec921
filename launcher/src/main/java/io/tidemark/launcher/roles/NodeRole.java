package io.tidemark.launcher.roles;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.log.Barriers;
import io.tidemark.log.Log;
import io.tidemark.materializer.query.NodeServer;
import io.tidemark.materializer.query.NodeServerConfig;
import io.tidemark.materializer.query.ReplicaNode;
import io.tidemark.materializer.query.ReplicaNodeConfig;
import io.tidemark.materializer.streams.TrimmedRecords;
import io.tidemark.materializer.streams.ZoneApplication;
import io.tidemark.materializer.streams.ZoneSettings;
import io.tidemark.schema.node.NodeReply.ReplicaStatus;
import io.tidemark.schema.node.StorageNode;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** One storage node: the replicas of its zone, and the server that answers from them. */
public final class NodeRole implements AutoCloseable {

    /** @param replicas how they are kept; {@code server} where they are served */
    public record Settings(ZoneSettings replicas, NodeServerConfig server) {}

    /** Answers 200 while every shard of the node is served, else 503 with the reasons. */
    private static final String READY_PATH = "/ready";

    private final Resources resources;
    private final ZoneApplication application;
    private final ReplicaNode node;
    private final NodeServer server;

    private NodeRole(Resources resources, ZoneApplication application, ReplicaNode node, NodeServer server) {
        this.resources = resources;
        this.application = application;
        this.node = node;
        this.server = server;
    }

    /**
     * Listens from when this returns, and serves its metrics at the same port; shards are served one by one as they have been
     * caught up with. {@code GET /ready} tells whether all are.
     *
     * @param wal stays the caller's to close
     * @param trimmed where replicas find what the log no longer holds
     * @param random of this node alone
     */
    public static NodeRole start(
            Settings settings, Log wal, TrimmedRecords trimmed, RandomGenerator random, InstantSource clock) {
        Resources resources = new Resources();
        boolean started = false;
        try {
            ZoneApplication application = resources.add(new ZoneApplication(settings.replicas(), wal, trimmed, clock));
            ReplicaNode node = resources.add(new ReplicaNode(
                    wal,
                    application,
                    new Barriers(wal, random),
                    ReplicaNodeConfig.DEFAULT,
                    Version.current(),
                    System::nanoTime));
            PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            resources.add(metrics::close);
            node.bindTo(metrics);
            NodeServer server = resources.add(NodeServer.start(settings.server(), node, routes -> {
                MetricsRoute.add(routes, metrics);
                routes.service(READY_PATH, (context, request) -> readiness(application.notServing()));
            }));
            application.start();
            started = true;
            return new NodeRole(resources, application, node, server);
        } finally {
            if (!started) {
                resources.close();
            }
        }
    }

    private static HttpResponse readiness(List<String> notServing) {
        return notServing.isEmpty()
                ? HttpResponse.of(HttpStatus.OK, MediaType.PLAIN_TEXT_UTF_8, "ready\n")
                : HttpResponse.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        MediaType.PLAIN_TEXT_UTF_8,
                        String.join("\n", notServing) + "\n");
    }

    /** Completes when the shards that the node has been given first are caught up with. */
    public CompletionStage<Void> caughtUp() {
        return application.caughtUp();
    }

    public URI uri() {
        return server.uri();
    }

    /** The node without the way over HTTP. */
    public StorageNode node() {
        return node;
    }

    /** Of every replica that the node has. */
    public List<ReplicaStatus> replicas() {
        return application.statuses();
    }

    /** Completes if the replicas had to give up: the node is of no use any more, and must be closed. */
    public CompletionStage<Throwable> fault() {
        return application.fault();
    }

    @Override
    public void close() {
        resources.close();
    }
}
