package io.tidemark.log;

import io.tidemark.embedded.ContainerImages;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The log's contract against Kafka's own image, of the version of the clients. Skipped where there is no Docker engine, or
 * where it does not have the image; {@code TIDEMARK_PULL_IMAGES=true} lets the test pull it.
 */
class KafkaImageLogTest extends LogContractTest {
    private static final String IMAGE = "apache/kafka:" + AppInfoParser.getVersion();

    private static KafkaContainer kafka;

    @BeforeAll
    static void startKafka() {
        ContainerImages.obstacle(IMAGE).ifPresent(Assumptions::abort);
        kafka = new KafkaContainer(DockerImageName.parse(IMAGE));
        kafka.start();
    }

    @AfterAll
    static void stopKafka() {
        if (kafka != null) {
            kafka.stop();
        }
    }

    @Override
    Log openNewLog() {
        TopicSpec single = TopicSpec.of(EmbeddedCluster.newTopic("image"), 2).withReplication(1, 1);
        return KafkaLog.open(KafkaLogConfig.of(KafkaConnection.to(kafka.getBootstrapServers()), single));
    }
}
