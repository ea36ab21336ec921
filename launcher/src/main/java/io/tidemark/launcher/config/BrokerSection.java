package io.tidemark.launcher.config;

import java.nio.file.Path;
import java.util.Map;

/** One Kafka broker of `tidemark broker`, which is also a controller. */
public record BrokerSection(
        @Setting(meaning = "Number of the broker, unique and for ever")
        int nodeId,

        @Setting(meaning = "The broker's availability zone; Kafka's broker.rack")
        String zone,

        @Setting(meaning = "Folder of the broker's log; one process only")
        Path data,

        @Setting(meaning = "Address to listen on for clients, host:port")
        String listen,

        @Setting(meaning = "Address that clients and brokers reach it by, host:port", byDefault = "")
        java.util.Optional<String> advertised,

        @Setting(meaning = "Address to listen on for controllers, host:port")
        String controllerListen,

        @Setting(meaning = "All controllers, by number: id: host:port")
        Map<String, String> voters,

        @Setting(meaning = "Cluster id, the same for all brokers: 22 characters of base64url")
        String clusterId,

        @Setting(meaning = "Any of Kafka's own broker settings, in place of those chosen here", byDefault = "")
        Map<String, String> kafka) {
    public BrokerSection {
        Checks.require(nodeId >= 0, "nodeId", "must not be negative");
        voters = Map.copyOf(voters);
        kafka = Map.copyOf(kafka);
        Checks.require(!voters.isEmpty(), "voters", "must name at least one controller");
    }
}
