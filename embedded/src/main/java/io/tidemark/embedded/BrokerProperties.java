package io.tidemark.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A broker's configuration as text: for a process that runs one broker of a cluster. */
public final class BrokerProperties {

    /**
     * One line of the configuration.
     *
     * @param defaultValue what holds when the setting is missing; empty if it must be given
     */
    public record Setting(String name, Optional<String> defaultValue, String meaning) {}

    private static final String NODE_ID = "node.id";
    private static final String ZONE = "zone";
    private static final String DATA_DIRECTORY = "data.directory";
    private static final String CLUSTER_ID = "cluster.id";
    private static final String LISTEN = "listen";
    private static final String ADVERTISED = "advertised";
    private static final String CONTROLLER_LISTEN = "controller.listen";
    private static final String CONTROLLER_VOTERS = "controller.voters";

    /** What Kafka's own settings begin with; the rest of the name is Kafka's. */
    public static final String KAFKA_PREFIX = "kafka.";

    /** Every setting, in the order in which one explains them. */
    public static final List<Setting> SETTINGS = List.of(
            required(
                    NODE_ID,
                    "The broker's number, which is also its controller's; unique in the cluster and fixed for ever"),
            required(ZONE, "The availability zone; the replicas of a shard are spread over the zones"),
            required(DATA_DIRECTORY, "The directory of this broker alone; formatted when it is empty"),
            required(CLUSTER_ID, "The cluster's id, the same for all its brokers: 16 random bytes in URL-safe Base64"),
            new Setting(
                    LISTEN, Optional.of("0.0.0.0:9092"), "Where clients and the other brokers connect, as host:port"),
            required(ADVERTISED, "What clients and the other brokers are told to connect to, as host:port"),
            new Setting(CONTROLLER_LISTEN, Optional.of("0.0.0.0:9093"), "Where the controllers connect, as host:port"),
            required(
                    CONTROLLER_VOTERS,
                    "The controllers of the cluster, the same for all its brokers, as id@host:port,id@host:port,…;"
                            + " the ids are fixed for ever, the addresses may change"),
            new Setting(
                    KAFKA_PREFIX + "*",
                    Optional.of(""),
                    "Any broker setting of Kafka, to replace the one chosen here"));

    private BrokerProperties() {}

    private static Setting required(String name, String meaning) {
        return new Setting(name, Optional.empty(), meaning);
    }

    /**
     * Reads a broker's configuration.
     *
     * @throws IllegalArgumentException naming the settings that are missing, unknown or wrong
     */
    public static BrokerConfig parse(Map<String, String> properties) {
        requireKnown(properties.keySet());
        Map<String, String> values = new HashMap<>();
        Set<String> missing = new TreeSet<>();
        for (Setting setting : SETTINGS) {
            Optional<String> value = Optional.ofNullable(properties.get(setting.name()))
                    .map(String::strip)
                    .filter(given -> !given.isEmpty())
                    .or(setting::defaultValue);
            value.ifPresentOrElse(given -> values.put(setting.name(), given), () -> missing.add(setting.name()));
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("The broker's settings " + missing + " are missing: add them");
        }
        Reader reader = new Reader(values);
        return new BrokerConfig(
                reader.integer(NODE_ID),
                reader.text(ZONE),
                Path.of(reader.text(DATA_DIRECTORY)),
                new BrokerListeners(
                        reader.address(LISTEN), reader.address(ADVERTISED), reader.address(CONTROLLER_LISTEN)),
                new ControllerQuorum(reader.clusterId(), reader.voters()),
                kafkaSettings(properties));
    }

    private static void requireKnown(Set<String> names) {
        Set<String> unknown = new TreeSet<>(names);
        unknown.removeIf(name -> name.startsWith(KAFKA_PREFIX));
        Set<String> known = new HashSet<>();
        SETTINGS.forEach(setting -> known.add(setting.name()));
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("A broker has no settings " + unknown
                    + ": remove or correct them. Kafka's" + " own settings begin with " + KAFKA_PREFIX);
        }
    }

    private static Map<String, String> kafkaSettings(Map<String, String> properties) {
        Map<String, String> settings = new HashMap<>();
        properties.forEach((name, value) -> {
            if (name.startsWith(KAFKA_PREFIX) && !name.equals(KAFKA_PREFIX + "*")) {
                settings.put(name.substring(KAFKA_PREFIX.length()), value.strip());
            }
        });
        return settings;
    }

    /** Turns values into types; what it throws names the setting. */
    private record Reader(Map<String, String> values) {

        String text(String name) {
            return values.getOrDefault(name, "");
        }

        int integer(String name) {
            return integer(name, text(name));
        }

        private static int integer(String name, String text) {
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException notANumber) {
                throw new IllegalArgumentException(name + " must be a whole number, got '" + text + "'", notANumber);
            }
        }

        HostAndPort address(String name) {
            return address(name, text(name));
        }

        private static HostAndPort address(String name, String text) {
            try {
                return HostAndPort.parse(text);
            } catch (IllegalArgumentException notAnAddress) {
                throw new IllegalArgumentException(name + ": " + notAnAddress.getMessage(), notAnAddress);
            }
        }

        ClusterId clusterId() {
            try {
                return new ClusterId(text(CLUSTER_ID));
            } catch (IllegalArgumentException notAnId) {
                throw new IllegalArgumentException(CLUSTER_ID + ": " + notAnId.getMessage(), notAnId);
            }
        }

        SortedMap<Integer, HostAndPort> voters() {
            SortedMap<Integer, HostAndPort> voters = new TreeMap<>();
            for (String voter : text(CONTROLLER_VOTERS).split(",", -1)) {
                String[] parts = voter.strip().split("@", -1);
                if (parts.length != 2) {
                    throw new IllegalArgumentException(
                            CONTROLLER_VOTERS + ": a controller is written id@host:port, got '" + voter.strip() + "'");
                }
                int nodeId = integer(CONTROLLER_VOTERS, parts[0]);
                if (voters.put(nodeId, address(CONTROLLER_VOTERS, parts[1])) != null) {
                    throw new IllegalArgumentException(CONTROLLER_VOTERS + " names the id " + nodeId + " twice");
                }
            }
            return voters;
        }
    }
}
