package io.tidemark.client;

import java.time.Duration;

/**
 * The client's limits.
 *
 * @param attemptTimeout for one request to one node; then the next zone is asked
 * @param operationTimeout for a whole operation with all its attempts; a scan's page that spans partitions, for each of them
 * @param maxRounds how often all zones are asked
 * @param firstBackoff before the second round; doubles each round up to {@code maxBackoff}; a random half of it is left out
 * @param suspicion how long a zone that failed is asked last
 * @param maxRouteRefreshes how often an operation asks for a newer route
 * @param maxInFlight operations under way; more are refused at once
 */
public record ClientConfig(
        Duration attemptTimeout,
        Duration operationTimeout,
        int maxRounds,
        Duration firstBackoff,
        Duration maxBackoff,
        Duration suspicion,
        int maxRouteRefreshes,
        int maxInFlight) {

    /** Outlasts the loss of a broker that is also the active controller, which takes some seconds. */
    public static final ClientConfig DEFAULT = new ClientConfig(
            Duration.ofMillis(1_500),
            Duration.ofSeconds(15),
            32,
            Duration.ofMillis(20),
            Duration.ofMillis(800),
            Duration.ofSeconds(3),
            6,
            8_192);

    public ClientConfig {
        requirePositive("attemptTimeout", attemptTimeout);
        requirePositive("operationTimeout", operationTimeout);
        requirePositive("firstBackoff", firstBackoff);
        requirePositive("maxBackoff", maxBackoff);
        requirePositive("suspicion", suspicion);
        requirePositive("maxRounds", maxRounds);
        requirePositive("maxRouteRefreshes", maxRouteRefreshes);
        requirePositive("maxInFlight", maxInFlight);
        if (attemptTimeout.compareTo(operationTimeout) > 0) {
            throw new IllegalArgumentException("attemptTimeout " + attemptTimeout
                    + " must not be longer than operationTimeout " + operationTimeout);
        }
    }

    public ClientConfig withTimeouts(Duration attempt, Duration operation) {
        return new ClientConfig(
                attempt, operation, maxRounds, firstBackoff, maxBackoff, suspicion, maxRouteRefreshes, maxInFlight);
    }

    public ClientConfig withSuspicion(Duration newSuspicion) {
        return new ClientConfig(
                attemptTimeout,
                operationTimeout,
                maxRounds,
                firstBackoff,
                maxBackoff,
                newSuspicion,
                maxRouteRefreshes,
                maxInFlight);
    }

    public ClientConfig withMaxInFlight(int newMaxInFlight) {
        return new ClientConfig(
                attemptTimeout,
                operationTimeout,
                maxRounds,
                firstBackoff,
                maxBackoff,
                suspicion,
                maxRouteRefreshes,
                newMaxInFlight);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }
}
