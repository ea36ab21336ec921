package io.tidemark.router.http;

import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.tidemark.router.auth.Authorization;
import io.tidemark.router.auth.Credentials;
import io.tidemark.router.auth.SignatureVerifier;
import io.tidemark.router.operation.Operation;
import io.tidemark.router.operation.OperationName;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the DynamoDB API, version 2012-08-10: JSON 1.0 over HTTP/1.1 and HTTP/2 on one port, plain or with TLS. {@code GET /}
 * answers as long as the server listens.
 */
public final class RouterServer implements AutoCloseable {
    /** A longer body is refused before it is read. */
    public static final int MAX_REQUEST_BYTES = 16 << 20;

    private static final Logger LOGGER = LoggerFactory.getLogger(RouterServer.class);
    /** Session tokens and presigned queries are long. */
    private static final int MAX_HEAD_BYTES = 32 << 10;

    private static final int RESET_WINDOW_SECONDS = 1;
    private static final Duration TIMER_TICK = Duration.ofMillis(20);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Server server;
    private final RouterService service;
    private final Connections connections;
    private final Timer timer;
    private final Duration drainTimeout;
    private final URI uri;

    private RouterServer(
            Server server, RouterService service, Connections connections, Timer timer, RouterConfig config) {
        this.connections = connections;
        this.server = server;
        this.service = service;
        this.timer = timer;
        drainTimeout = config.timeouts().drain();
        uri = URI.create((config.tls().isPresent() ? "https" : "http") + "://" + uriHost(config.host()) + ":"
                + server.activeLocalPort());
    }

    /**
     * Listens from when this returns. The operations are not closed with the server.
     *
     * @param operations those that are served; others are unknown
     * @param credentials who may sign requests; not looked at if the configuration asks for no authentication
     * @param clock that signatures must not be too far from
     * @throws RouterStartException if it cannot listen as configured
     */
    public static RouterServer start(
            RouterConfig config,
            Map<OperationName, Operation> operations,
            Credentials credentials,
            MeterRegistry meters,
            InstantSource clock) {
        InetSocketAddress address = new InetSocketAddress(config.host(), config.port());
        if (address.isUnresolved()) {
            throw new RouterStartException(
                    "cannot listen on " + config.host() + ": no such host; set an address of this machine", null);
        }
        Timer timer = new HashedWheelTimer(
                new DefaultThreadFactory("router-timer", true), TIMER_TICK.toMillis(), TimeUnit.MILLISECONDS);
        RouterConfig.Limits limits = config.limits();
        Connections connections =
                new Connections(limits.maxConnections(), config.timeouts().receive());
        InFlight inFlight = new InFlight(limits.maxInFlightRequests(), limits.maxInFlightBytes());
        ExchangeParts parts = new ExchangeParts(
                config.timeouts(),
                decoder(config, operations, credentials, clock),
                operations,
                inFlight,
                new RouterMetrics(meters, inFlight, connections),
                timer);
        RouterService service = new RouterService(parts, new RequestIds(seed(clock)), config.region());
        Server server = null;
        try {
            server = builder(config, address, connections, service).build();
            server.start().join();
        } catch (CompletionException | IllegalArgumentException | IllegalStateException e) {
            if (server != null) {
                stop(server);
            }
            timer.stop();
            throw failure(config, e);
        }
        RouterServer router = new RouterServer(server, service, connections, timer, config);
        LOGGER.atInfo().addKeyValue("uri", router.uri).log("router listens");
        return router;
    }

    private static CallDecoder decoder(
            RouterConfig config,
            Map<OperationName, Operation> operations,
            Credentials credentials,
            InstantSource clock) {
        SignatureVerifier verifier = switch (config.authentication()) {
            case SIGNATURE -> new SignatureVerifier(credentials, clock);
            case NONE -> null;
        };
        return new CallDecoder(operations.keySet(), verifier, new Authorization(config.region()));
    }

    private static ServerBuilder builder(
            RouterConfig config, InetSocketAddress address, Connections connections, RouterService service) {
        ServerBuilder builder = Server.builder();
        if (config.tls().isPresent()) {
            RouterConfig.Tls tls = config.tls().get();
            builder.https(address)
                    .tls(TlsKeyPair.of(
                            tls.privateKey().toFile(), tls.certificate().toFile()));
        } else {
            builder.http(address);
        }
        return builder.childChannelPipelineCustomizer(connections::accept)
                // Event loops never wait, so that more of them than processors only take turns.
                .workerGroup(Runtime.getRuntime().availableProcessors())
                // Bodies are counted, and requests timed, by the service itself.
                .maxRequestLength(0)
                .requestTimeout(Duration.ZERO)
                .idleTimeout(config.timeouts().idle())
                .http1MaxInitialLineLength(MAX_HEAD_BYTES)
                .http1MaxHeaderSize(MAX_HEAD_BYTES)
                .http2MaxHeaderListSize(MAX_HEAD_BYTES)
                .http2MaxStreamsPerConnection(config.limits().maxInFlightRequests())
                // A client that gives up on many slow requests at once is no attacker: its other requests go on.
                .http2MaxResetFramesPerWindow(config.limits().maxInFlightRequests(), RESET_WINDOW_SECONDS)
                .gracefulShutdownTimeout(Duration.ZERO, Duration.ZERO)
                .disableServerHeader()
                .serviceUnder("/", service);
    }

    private static RouterStartException failure(RouterConfig config, RuntimeException e) {
        String where = config.host() + ":" + config.port();
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        return new RouterStartException(
                e instanceof CompletionException
                        ? "cannot listen on " + where + " (" + cause
                                + "); if another process has the port, stop it or set another port"
                        : "cannot listen on " + where + " as configured (" + cause
                                + "); check the certificate and the private key",
                e);
    }

    /** Different for routers that are started at different times or in different processes. */
    private static long seed(InstantSource clock) {
        Instant now = clock.instant();
        long nanos = now.getEpochSecond() * 1_000_000_000 + now.getNano();
        return nanos ^ (System.nanoTime() << 20) ^ (ProcessHandle.current().pid() << 44);
    }

    private static String uriHost(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** With the port that was free. */
    public URI uri() {
        return uri;
    }

    /** Refuses what comes, waits a while for requests under way, then closes port and connections. */
    @Override
    public void close() {
        service.drain(drainTimeout);
        stop(server);
        awaitClosed();
        timer.stop();
    }

    /** Its end is not waited for: the thread that accepted connections idles for seconds before it goes. */
    private static void stop(Server server) {
        CompletionStage<Void> stopped = server.stop();
        stopped.exceptionally(failure -> {
            LOGGER.atWarn().setCause(failure).log("an HTTP server did not stop cleanly");
            return null;
        });
    }

    private void awaitClosed() {
        try {
            if (!connections.awaitNone(() -> server.activePorts().isEmpty(), CLOSE_TIMEOUT)) {
                LOGGER.atWarn().addKeyValue("uri", uri).log("connections did not close in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
