package io.tidemark.launcher.roles;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.client.ClientConfig;
import io.tidemark.client.ClusterNodes;
import io.tidemark.client.RouteSource;
import io.tidemark.client.TidemarkClient;
import io.tidemark.router.Operations;
import io.tidemark.router.RouterParts;
import io.tidemark.router.auth.Credentials;
import io.tidemark.router.expression.Expressions;
import io.tidemark.router.http.RouterConfig;
import io.tidemark.router.http.RouterServer;
import io.tidemark.schema.catalog.TableAdmin;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/** One router: the DynamoDB-compatible API of a cluster. */
public final class RouterRole implements AutoCloseable {
    /** Of a request's time: the rest is for the answer that none was found. */
    private static final double CLIENT_PART = 0.9;

    /** Programs send the same few texts again and again. */
    private static final long MAX_CACHED_EXPRESSION_BYTES = 16 << 20;

    /** What it reaches the cluster by; stays the caller's to close. */
    public record Reach(ClusterNodes nodes, RouteSource routes, TableAdmin tables) {}

    private final Resources resources;
    private final RouterServer server;

    private RouterRole(Resources resources, RouterServer server) {
        this.resources = resources;
        this.server = server;
    }

    /**
     * Listens from when this returns.
     *
     * @param random must be thread-safe
     */
    public static RouterRole start(
            RouterConfig config,
            Credentials credentials,
            Reach reach,
            RandomGenerator random,
            InstantSource clock,
            MeterRegistry registry) {
        Resources resources = new Resources();
        boolean started = false;
        try {
            TidemarkClient client =
                    resources.add(new TidemarkClient(reach.nodes(), reach.routes(), clientConfig(config), random));
            AtomicReference<String> endpoint = new AtomicReference<>(config.host() + ":" + config.port());
            RouterParts parts = new RouterParts(
                    client,
                    reach.routes(),
                    reach.tables(),
                    new Expressions(MAX_CACHED_EXPRESSION_BYTES),
                    config.region(),
                    clock,
                    random,
                    endpoint::get);
            RouterServer server =
                    resources.add(RouterServer.start(config, Operations.all(parts), credentials, registry, clock));
            endpoint.set(server.uri().getAuthority());
            started = true;
            return new RouterRole(resources, server);
        } finally {
            if (!started) {
                resources.close();
            }
        }
    }

    /** The client gives up before the router does, and no earlier request is refused by it than by the router. */
    private static ClientConfig clientConfig(RouterConfig config) {
        Duration operation =
                Duration.ofMillis((long) (config.timeouts().request().toMillis() * CLIENT_PART));
        Duration attempt = ClientConfig.DEFAULT.attemptTimeout();
        return ClientConfig.DEFAULT
                .withTimeouts(attempt.compareTo(operation) < 0 ? attempt : operation, operation)
                .withMaxInFlight(Math.max(
                        ClientConfig.DEFAULT.maxInFlight(), 2 * config.limits().maxInFlightRequests()));
    }

    public URI uri() {
        return server.uri();
    }

    @Override
    public void close() {
        resources.close();
    }
}
