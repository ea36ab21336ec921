package io.tidemark.log;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;

/**
 * How to reach a Kafka cluster.
 *
 * @param bootstrapServers host:port of some brokers, separated by commas
 * @param clientProperties further properties of Kafka's clients: how to connect and log in, never how to write or read; those
 *     decide about durability and are the log's own
 */
public record KafkaConnection(String bootstrapServers, Map<String, String> clientProperties) {
    /**
     * Kafka's {@code request.timeout.ms}: a broker that has not answered for so long is asked no more, and another one that leads by
     * then is found. Kafka's own 30 seconds are how long a shard would stand still if its leader's machine is frozen or cut off
     * without a word, since connections to it stay.
     */
    public static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    private static final List<String> ADMITTED_PREFIXES = List.of(
            "client.",
            "connections.max.idle.ms",
            "metadata.max.age.ms",
            "metric.",
            "metrics.",
            "receive.buffer.bytes",
            "reconnect.",
            "sasl.",
            "security.",
            "send.buffer.bytes",
            "socket.",
            "ssl.");

    /** @throws IllegalArgumentException if a property is not one that says how to connect; the message names it */
    public KafkaConnection {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("bootstrap.servers must name at least one broker as host:port");
        }
        clientProperties = Map.copyOf(clientProperties);
        for (String name : clientProperties.keySet()) {
            if (ADMITTED_PREFIXES.stream().noneMatch(name::startsWith)) {
                throw new IllegalArgumentException(
                        "Kafka property " + name + " cannot be set here: only properties that begin with one of "
                                + String.join(", ", ADMITTED_PREFIXES) + " can");
            }
        }
    }

    public static KafkaConnection to(String bootstrapServers) {
        return new KafkaConnection(bootstrapServers, Map.of());
    }

    /** New properties for one client. */
    public Properties properties() {
        Properties properties = new Properties();
        // One process runs many clients: none of them needs a JMX bean, unless the operator says so.
        properties.setProperty("metric.reporters", "");
        properties.setProperty("enable.metrics.push", "false");
        properties.setProperty("request.timeout.ms", Long.toString(REQUEST_TIMEOUT.toMillis()));
        properties.putAll(clientProperties);
        properties.setProperty("bootstrap.servers", bootstrapServers);
        return properties;
    }

    /** Leaves out the properties' values, which may be secrets. */
    @Override
    public String toString() {
        return "KafkaConnection[" + bootstrapServers + ", " + new TreeSet<>(clientProperties.keySet()) + "]";
    }
}
