package io.tidemark.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokersTest {

    @TempDir
    Path directory;

    @Test
    void aRestartOnOtherPortsKeepsEveryAcknowledgedRecord() throws Exception {
        ClusterId clusterId;
        String firstServers;
        try (EmbeddedBrokers brokers = EmbeddedBrokers.start(BrokersConfig.inDirectory(directory))) {
            clusterId = brokers.clusterId();
            firstServers = brokers.bootstrapServers();
            TestTopic.create(firstServers, "log").write("first", "second");
        }
        try (EmbeddedBrokers brokers = EmbeddedBrokers.start(BrokersConfig.inDirectory(directory))) {
            assertThat(brokers.clusterId()).isEqualTo(clusterId);
            assertThat(brokers.bootstrapServers()).isNotEqualTo(firstServers);
            TestTopic topic = new TestTopic(brokers.bootstrapServers(), "log");
            topic.write("third");
            assertThat(topic.read()).containsExactly("first", "second", "third");
        }
    }

    @Test
    void writesGoOnWhileOneBrokerOfThreeIsStopped() throws Exception {
        try (EmbeddedBrokers brokers = EmbeddedBrokers.start(BrokersConfig.inDirectory(directory))) {
            TestTopic topic = TestTopic.create(brokers.bootstrapServers(), "log");
            topic.write("with three");
            for (String zone : brokers.zones()) {
                brokers.stopBroker(zone);
                topic.write("without " + zone);
                brokers.startBroker(zone);
            }
            assertThat(topic.read()).containsExactly("with three", "without a", "without b", "without c");
        }
    }
}
