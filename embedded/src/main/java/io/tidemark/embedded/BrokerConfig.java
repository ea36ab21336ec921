package io.tidemark.embedded;

import java.nio.file.Path;
import java.util.Map;

/**
 * One broker, which is a controller of its cluster at the same time.
 *
 * @param nodeId the broker's and the controller's id; one of the quorum's voters
 * @param zone the availability zone, Kafka's {@code broker.rack}
 * @param dataDirectory the directory of this broker alone; created and formatted when it is empty
 * @param kafkaSettings Kafka settings that replace the ones chosen here; those that say who and where the broker is
 *     cannot be replaced
 */
public record BrokerConfig(
        int nodeId,
        String zone,
        Path dataDirectory,
        BrokerListeners listeners,
        ControllerQuorum quorum,
        Map<String, String> kafkaSettings) {

    public BrokerConfig {
        if (zone.isBlank()) {
            throw new IllegalArgumentException("Broker " + nodeId + " needs the name of its zone");
        }
        HostAndPort controller = quorum.voters().get(nodeId);
        if (controller == null) {
            throw new IllegalArgumentException("Broker " + nodeId + " is not among the controllers "
                    + quorum.toKafkaSetting() + "; give it one of their ids, or add it to them");
        }
        if (controller.port() != listeners.controller().port()) {
            throw new IllegalArgumentException("Broker " + nodeId + " listens for controllers on port "
                    + listeners.controller().port() + ", but the controllers are told " + controller);
        }
        kafkaSettings = Map.copyOf(kafkaSettings);
        KafkaSettings.requireReplaceable(kafkaSettings.keySet());
        KafkaNode.requireKnown(kafkaSettings.keySet());
    }
}
