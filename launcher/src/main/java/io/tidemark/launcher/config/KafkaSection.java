package io.tidemark.launcher.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How every role but broker and router reaches Kafka, and how the log's topics are made. */
public record KafkaSection(
        @Setting(meaning = "Addresses of some brokers, host:port")
        List<String> bootstrapServers,

        @Setting(meaning = "Partitions of the write-ahead log; cannot be changed later", byDefault = "3")
        int shards,

        @Setting(meaning = "Replicas of the log's topics; 3 over three zones for production", byDefault = "3")
        int replicationFactor,

        @Setting(meaning = "Replicas that must have a write before it is acknowledged", byDefault = "2")
        int minInsyncReplicas,

        @Setting(meaning = "How long a start waits for the brokers", byDefault = "60s")
        Duration startTimeout,

        @Setting(
                meaning = "Further settings of Kafka's clients, such as security.protocol and sasl.jaas.config",
                byDefault = "")
        Map<String, String> client) {
    public KafkaSection {
        bootstrapServers = List.copyOf(bootstrapServers);
        client = Map.copyOf(client);
        Checks.require(!bootstrapServers.isEmpty(), "bootstrapServers", "must name at least one broker");
        Checks.requireRange("shards", shards, 1, 4_096);
        Checks.requireRange("replicationFactor", replicationFactor, 1, 9);
        Checks.requireRange("minInsyncReplicas", minInsyncReplicas, 1, replicationFactor);
        Checks.requirePositive("startTimeout", startTimeout);
    }
}
