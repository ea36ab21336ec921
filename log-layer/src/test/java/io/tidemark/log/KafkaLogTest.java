package io.tidemark.log;

import io.tidemark.embedded.EmbeddedBrokers;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedCluster.class)
class KafkaLogTest extends LogContractTest {
    private final EmbeddedBrokers brokers;

    KafkaLogTest(EmbeddedBrokers brokers) {
        this.brokers = brokers;
    }

    @Override
    Log openNewLog() {
        return KafkaLog.open(KafkaLogConfig.of(
                KafkaConnection.to(brokers.bootstrapServers()), TopicSpec.of(EmbeddedCluster.newTopic("wal"), 2)));
    }
}
