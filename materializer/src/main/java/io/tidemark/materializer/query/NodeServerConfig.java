package io.tidemark.materializer.query;

import io.tidemark.schema.node.NodeProtocol;
import java.time.Duration;

/**
 * Where a node listens, and what it admits.
 *
 * @param host name or address of the interface to listen on
 * @param port 0 for a free one
 * @param maxInFlightRequests requests being read or served; more are refused as OVERLOADED
 * @param maxInFlightBytes their bodies together, as announced; a request that announces no length counts as the longest
 * @param maxConnections more are closed as soon as they are opened
 * @param receiveTimeout for a whole request to arrive
 * @param idleTimeout after it a connection without requests is closed
 */
public record NodeServerConfig(
        String host,
        int port,
        int maxInFlightRequests,
        int maxInFlightBytes,
        int maxConnections,
        Duration receiveTimeout,
        Duration idleTimeout) {
    public static final int DEFAULT_MAX_IN_FLIGHT_REQUESTS = 4_096;
    public static final int DEFAULT_MAX_IN_FLIGHT_BYTES = 64 << 20;
    public static final int DEFAULT_MAX_CONNECTIONS = 1_024;
    public static final Duration DEFAULT_RECEIVE_TIMEOUT = Duration.ofSeconds(10);
    public static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofSeconds(60);

    private static final int MAX_PORT = 65_535;

    public NodeServerConfig {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port must be 0 to " + MAX_PORT + ": " + port);
        }
        if (maxInFlightRequests < 1 || maxConnections < 1) {
            throw new IllegalArgumentException("at least one request and one connection must be admitted");
        }
        if (maxInFlightBytes < NodeProtocol.MAX_REQUEST_BYTES) {
            throw new IllegalArgumentException("maxInFlightBytes must be at least " + NodeProtocol.MAX_REQUEST_BYTES
                    + ", the longest request: " + maxInFlightBytes);
        }
        if (!receiveTimeout.isPositive() || !idleTimeout.isPositive()) {
            throw new IllegalArgumentException("timeouts must be positive");
        }
    }

    /** With the default limits. */
    public static NodeServerConfig of(String host, int port) {
        return new NodeServerConfig(
                host,
                port,
                DEFAULT_MAX_IN_FLIGHT_REQUESTS,
                DEFAULT_MAX_IN_FLIGHT_BYTES,
                DEFAULT_MAX_CONNECTIONS,
                DEFAULT_RECEIVE_TIMEOUT,
                DEFAULT_IDLE_TIMEOUT);
    }

    public NodeServerConfig withMaxInFlightRequests(int newMax) {
        return new NodeServerConfig(host, port, newMax, maxInFlightBytes, maxConnections, receiveTimeout, idleTimeout);
    }

    public NodeServerConfig withReceiveTimeout(Duration newTimeout) {
        return new NodeServerConfig(
                host, port, maxInFlightRequests, maxInFlightBytes, maxConnections, newTimeout, idleTimeout);
    }
}
