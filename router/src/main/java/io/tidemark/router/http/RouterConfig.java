package io.tidemark.router.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a router listens, whom it serves and how much.
 *
 * @param host name or address of the interface to listen on
 * @param port 0 for a free one
 * @param region that the router says it is; clients may sign for any
 * @param tls plain HTTP if empty
 */
public record RouterConfig(
        String host,
        int port,
        String region,
        Authentication authentication,
        Optional<Tls> tls,
        Limits limits,
        Timeouts timeouts) {
    public static final int DEFAULT_PORT = 8000;
    public static final String DEFAULT_REGION = "us-east-1";

    private static final int MAX_PORT = 65_535;

    /** Whether requests must be signed. */
    public enum Authentication {
        /** By a known key pair, Signature Version 4. */
        SIGNATURE,
        /** Signatures are not looked at, and everybody may do everything: for local use. */
        NONE
    }

    /**
     * Files in PEM format.
     *
     * @param certificate the chain, the server's own first
     * @param privateKey PKCS 8, not encrypted
     */
    public record Tls(Path certificate, Path privateKey) {}

    /**
     * @param maxInFlightRequests being read or served; more are refused with a retriable error
     * @param maxInFlightBytes of bodies of requests and answers together; a request that would exceed it is refused with a
     *     retriable error. A parsed body can take twenty times its length in memory
     * @param maxConnections over it the connection that has been idle longest is closed, or, if none is idle, the new one
     */
    public record Limits(int maxInFlightRequests, long maxInFlightBytes, int maxConnections) {
        public static final Limits DEFAULT = new Limits(4_096, 64 << 20, 10_000);

        public Limits {
            if (maxInFlightRequests < 1 || maxConnections < 1) {
                throw new IllegalArgumentException("at least one request and one connection must be admitted");
            }
            if (maxInFlightBytes < RouterServer.MAX_REQUEST_BYTES) {
                throw new IllegalArgumentException("maxInFlightBytes must be at least " + RouterServer.MAX_REQUEST_BYTES
                        + ", the longest request: " + maxInFlightBytes);
            }
        }
    }

    /**
     * @param receive for a whole request to arrive, from its first byte
     * @param request for a request to be answered, from when it has arrived; and again for the answer to be taken
     * @param idle after it a connection without requests is closed
     * @param drain what requests under way get to finish when the router closes
     */
    public record Timeouts(Duration receive, Duration request, Duration idle, Duration drain) {
        public static final Timeouts DEFAULT = new Timeouts(
                Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofMinutes(5), Duration.ofSeconds(5));

        public Timeouts {
            if (!receive.isPositive() || !request.isPositive() || !idle.isPositive() || drain.isNegative()) {
                throw new IllegalArgumentException("timeouts must be positive, and drain not negative: " + receive
                        + ", " + request + ", " + idle + ", " + drain);
            }
        }
    }

    public RouterConfig {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host must be a name or an address of this machine");
        }
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port must be 0 to " + MAX_PORT + ": " + port);
        }
        if (!region.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException(
                    "region must be a name such as " + DEFAULT_REGION + ": '" + region + "'");
        }
    }

    /** Signed requests over plain HTTP, default limits. */
    public static RouterConfig of(String host, int port) {
        return new RouterConfig(
                host,
                port,
                DEFAULT_REGION,
                Authentication.SIGNATURE,
                Optional.empty(),
                Limits.DEFAULT,
                Timeouts.DEFAULT);
    }

    public RouterConfig withRegion(String newRegion) {
        return new RouterConfig(host, port, newRegion, authentication, tls, limits, timeouts);
    }

    public RouterConfig withAuthentication(Authentication newAuthentication) {
        return new RouterConfig(host, port, region, newAuthentication, tls, limits, timeouts);
    }

    public RouterConfig withTls(Tls newTls) {
        return new RouterConfig(host, port, region, authentication, Optional.of(newTls), limits, timeouts);
    }

    public RouterConfig withLimits(Limits newLimits) {
        return new RouterConfig(host, port, region, authentication, tls, newLimits, timeouts);
    }

    public RouterConfig withTimeouts(Timeouts newTimeouts) {
        return new RouterConfig(host, port, region, authentication, tls, limits, newTimeouts);
    }
}
