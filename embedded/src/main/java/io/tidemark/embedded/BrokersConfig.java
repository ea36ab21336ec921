package io.tidemark.embedded;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * A whole cluster in this process: one broker for each zone, all on the loopback address.
 *
 * @param dataDirectory the directory of the cluster; created when it is not there
 * @param zones the zones' names; fixed once the directory has been used
 * @param firstPort the port of the first zone's broker, the next zones taking the next ports; any free ports when
 *     empty. The controllers take any free ports in both cases.
 */
public record BrokersConfig(Path dataDirectory, List<String> zones, Optional<Integer> firstPort) {

    /** The zones of a cluster that does not name its own. */
    public static final List<String> DEFAULT_ZONES = List.of("a", "b", "c");

    /** The most brokers that one process runs. */
    public static final int MAX_ZONES = 5;

    private static final int LAST_PORT = 65_535;

    public BrokersConfig {
        zones = List.copyOf(zones);
        if (zones.isEmpty() || zones.size() > MAX_ZONES) {
            throw new IllegalArgumentException("A cluster has 1 to " + MAX_ZONES + " zones, got " + zones);
        }
        if (new HashSet<>(zones).size() < zones.size()) {
            throw new IllegalArgumentException("Every zone needs a name of its own, got " + zones);
        }
        for (String zone : zones) {
            if (!zone.matches("[a-zA-Z0-9._-]{1,64}")) {
                throw new IllegalArgumentException(
                        "A zone's name has 1 to 64 letters, digits, dots, dashes or underscores, got '" + zone + "'");
            }
        }
        int brokers = zones.size();
        firstPort.ifPresent(port -> {
            if (port < 1 || port > LAST_PORT - brokers + 1) {
                throw new IllegalArgumentException("The first port of " + brokers + " brokers is between 1 and "
                        + (LAST_PORT - brokers + 1) + ", got " + port);
            }
        });
    }

    /** Three zones on any free ports. */
    public static BrokersConfig inDirectory(Path dataDirectory) {
        return new BrokersConfig(dataDirectory, DEFAULT_ZONES, Optional.empty());
    }
}
