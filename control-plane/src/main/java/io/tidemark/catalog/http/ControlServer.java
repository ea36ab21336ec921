package io.tidemark.catalog.http;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.tidemark.schema.catalog.TableAdmin;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a {@link TableAdmin} over HTTP/1.1 and HTTP/2 without TLS. {@code GET /health} answers as long as it listens. */
public final class ControlServer implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ControlServer.class);
    private static final int EVENT_LOOPS = 1;
    private static final int BLOCKING_THREADS = 1;
    /** What requests under way get to finish when the server closes. */
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(2);

    private final Server server;
    private final URI uri;

    private ControlServer(Server server, URI uri) {
        this.server = server;
        this.uri = uri;
    }

    /**
     * Listens from when this returns. Nothing that is handed in is closed with the server.
     *
     * @param random makes request ids; must be thread-safe
     * @param routes adds what else this port shall serve
     * @throws ControlStartException if it cannot listen there
     */
    public static ControlServer start(
            ControlServerConfig config, TableAdmin admin, RandomGenerator random, Consumer<ServerBuilder> routes) {
        InetSocketAddress address = new InetSocketAddress(config.host(), config.port());
        if (address.isUnresolved()) {
            throw new ControlStartException(
                    "cannot listen on " + config.host() + ": no such host; set an address of this machine", null);
        }
        ServerBuilder builder = Server.builder()
                .http(address)
                .workerGroup(EVENT_LOOPS)
                .blockingTaskExecutor(BLOCKING_THREADS)
                .maxNumConnections(config.maxConnections())
                .maxRequestLength(ControlProtocol.MAX_REQUEST_BYTES)
                .idleTimeout(config.idleTimeout())
                .gracefulShutdownTimeout(Duration.ZERO, DRAIN_TIMEOUT)
                .disableServerHeader()
                .disableDateHeader()
                .service(
                        ControlProtocol.HEALTH_PATH,
                        (context, request) -> HttpResponse.of(HttpStatus.OK, MediaType.PLAIN_TEXT_UTF_8, "ok\n"));
        new ControlHttpService(admin, random).addTo(builder);
        routes.accept(builder);
        Server server = builder.build();
        try {
            server.start().join();
        } catch (CompletionException failure) {
            server.stop().join();
            throw new ControlStartException(
                    "cannot listen on " + config.host() + ":" + config.port() + " (" + failure.getCause()
                            + "); if another process has the port, stop it or set another port",
                    failure);
        }
        String host = address.getHostString();
        URI uri = URI.create("http://" + (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":"
                + server.activeLocalPort());
        LOGGER.atInfo().addKeyValue("uri", uri).log("control listens");
        return new ControlServer(server, uri);
    }

    /** With the port that was free. */
    public URI uri() {
        return uri;
    }

    /** Stops listening and waits, not long, for requests under way. */
    @Override
    public void close() {
        server.stop().join();
    }
}
