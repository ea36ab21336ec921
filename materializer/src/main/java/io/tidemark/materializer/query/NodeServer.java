package io.tidemark.materializer.query;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.tidemark.schema.node.NodeProtocol;
import io.tidemark.schema.node.StorageNode;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a {@link StorageNode} over HTTP, as {@link NodeProtocol} says; HTTP/2 without TLS and HTTP/1.1. {@code GET
 * /health} answers as long as the server listens; which shards are served is told by a status request.
 */
public final class NodeServer implements AutoCloseable {
    /** A client may reset as many requests as may be in flight, each such time. */
    private static final int RESET_WINDOW_SECONDS = 1;

    private static final Logger LOGGER = LoggerFactory.getLogger(NodeServer.class);
    /** What requests under way get to finish when the server closes, and then its connections. */
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration CLOSE_POLL = Duration.ofMillis(5);

    private final Server server;
    private final NodeHttpService service;
    private final URI uri;

    private NodeServer(Server server, NodeHttpService service, URI uri) {
        this.server = server;
        this.service = service;
        this.uri = uri;
    }

    /**
     * Listens from when this returns. The node is not closed with the server.
     *
     * @param routes adds what else this port shall serve
     * @throws NodeStartException if it cannot listen there
     */
    public static NodeServer start(NodeServerConfig config, StorageNode node, Consumer<ServerBuilder> routes) {
        InetSocketAddress address = new InetSocketAddress(config.host(), config.port());
        if (address.isUnresolved()) {
            throw new NodeStartException(
                    "cannot listen on " + config.host() + ": no such host; set an address of this machine", null);
        }
        NodeHttpService service = new NodeHttpService(node, config);
        ServerBuilder builder = Server.builder()
                .http(address)
                .maxNumConnections(config.maxConnections())
                .maxRequestLength(NodeProtocol.MAX_REQUEST_BYTES)
                .requestTimeout(config.receiveTimeout())
                .idleTimeout(config.idleTimeout())
                .http2MaxStreamsPerConnection(config.maxInFlightRequests())
                // A client that gives up on many slow requests at once is no attacker: its other requests go on.
                .http2MaxResetFramesPerWindow(config.maxInFlightRequests(), RESET_WINDOW_SECONDS)
                .gracefulShutdownTimeout(Duration.ZERO, Duration.ZERO)
                .disableServerHeader()
                .disableDateHeader()
                .service(NodeProtocol.PATH, service)
                .service(
                        NodeProtocol.HEALTH_PATH,
                        (context, request) -> HttpResponse.of(HttpStatus.OK, MediaType.PLAIN_TEXT_UTF_8, "ok\n"));
        routes.accept(builder);
        Server server = builder.build();
        try {
            server.start().join();
        } catch (CompletionException e) {
            stop(server);
            throw new NodeStartException(
                    "cannot listen on " + config.host() + ":" + config.port() + " (" + e.getCause()
                            + "); if another process has the port, stop it or set another port",
                    e);
        }
        URI uri = URI.create("http://" + host(address) + ":" + server.activeLocalPort());
        LOGGER.atInfo().addKeyValue("uri", uri).log("node listens");
        return new NodeServer(server, service, uri);
    }

    private static String host(InetSocketAddress address) {
        String host = address.getHostString();
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** With the port that was free. */
    public URI uri() {
        return uri;
    }

    /** Refuses what comes, waits a short while for requests under way, then closes port and connections. */
    @Override
    public void close() {
        service.drain(DRAIN_TIMEOUT);
        stop(server);
        awaitConnectionsClosed();
    }

    /** Its end is not waited for: the thread that accepted connections idles for seconds before it goes. */
    private static void stop(Server server) {
        CompletionStage<Void> stopped = server.stop();
        stopped.exceptionally(failure -> {
            LOGGER.atWarn().setCause(failure).log("an HTTP server did not stop cleanly");
            return null;
        });
    }

    private void awaitConnectionsClosed() {
        try {
            for (long waited = 0; waited < DRAIN_TIMEOUT.toMillis(); waited += CLOSE_POLL.toMillis()) {
                if (server.activePorts().isEmpty() && server.numConnections() == 0) {
                    return;
                }
                Thread.sleep(CLOSE_POLL);
            }
            LOGGER.atWarn().addKeyValue("uri", uri).log("connections did not close in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
