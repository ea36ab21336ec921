package io.tidemark.launcher.process;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.launcher.config.ConfigException;
import io.tidemark.launcher.config.MetricsSection;
import io.tidemark.launcher.roles.MetricsRoute;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** The port of a process that has no protocol of its own: {@code /health}, {@code /metrics}, and what its role adds. */
public final class MetricsServer implements AutoCloseable {
    private static final int EVENT_LOOPS = 1;
    private static final int MAX_CONNECTIONS = 256;

    private final Server server;
    private final URI uri;

    private MetricsServer(Server server, URI uri) {
        this.server = server;
        this.uri = uri;
    }

    /** @throws ConfigException if it cannot listen there */
    public static MetricsServer start(
            MetricsSection section, PrometheusMeterRegistry metrics, Consumer<ServerBuilder> routes) {
        InetSocketAddress address = new InetSocketAddress(section.host(), section.port());
        if (address.isUnresolved()) {
            throw new ConfigException("setting 'metrics.host': there is no host " + section.host());
        }
        ServerBuilder builder = Server.builder()
                .http(address)
                .workerGroup(EVENT_LOOPS)
                .maxNumConnections(MAX_CONNECTIONS)
                .gracefulShutdownTimeout(Duration.ZERO, Duration.ZERO)
                .disableServerHeader()
                .disableDateHeader()
                .service(
                        "/health",
                        (context, request) -> HttpResponse.of(HttpStatus.OK, MediaType.PLAIN_TEXT_UTF_8, "ok\n"));
        MetricsRoute.add(builder, metrics);
        routes.accept(builder);
        Server server = builder.build();
        try {
            server.start().join();
        } catch (CompletionException e) {
            var unused = server.closeAsync();
            throw new ConfigException(
                    "setting 'metrics.port': cannot listen on " + section.host() + ":" + section.port() + " ("
                            + e.getCause() + "); stop what listens there, or set another port",
                    e);
        }
        return new MetricsServer(server, URI.create("http://" + section.host() + ":" + server.activeLocalPort()));
    }

    public URI uri() {
        return uri;
    }

    @Override
    public void close() {
        var unused = server.closeAsync();
    }
}
