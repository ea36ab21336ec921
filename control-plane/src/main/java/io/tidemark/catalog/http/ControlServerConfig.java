package io.tidemark.catalog.http;

import java.time.Duration;

/**
 * Where the control role listens.
 *
 * @param host name or address of this machine
 * @param port any free one if 0
 * @param idleTimeout after which an unused connection is closed
 */
public record ControlServerConfig(String host, int port, int maxConnections, Duration idleTimeout) {
    private static final int MAX_PORT = 65_535;

    public ControlServerConfig {
        if (port < 0 || port > MAX_PORT || maxConnections < 1 || !idleTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "port must be 0 to " + MAX_PORT + ", maxConnections and idleTimeout positive: " + port + ", "
                            + maxConnections + ", " + idleTimeout);
        }
    }

    public static ControlServerConfig of(String host, int port) {
        return new ControlServerConfig(host, port, 1_024, Duration.ofMinutes(2));
    }
}
