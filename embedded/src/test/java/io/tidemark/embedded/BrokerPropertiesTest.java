package io.tidemark.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BrokerPropertiesTest {

    private static final ClusterId CLUSTER = ClusterId.random(new SplittableRandom(1));

    private static final Map<String, String> MINIMAL = Map.of(
            "node.id", "2",
            "zone", "b",
            "data.directory", "/var/lib/broker",
            "cluster.id", CLUSTER.value(),
            "advertised", "broker-b:9092",
            "controller.voters", "1@broker-a:9093, 2@broker-b:9093, 3@broker-c:9093");

    @Test
    void whatIsNotGivenHasItsDefault() {
        BrokerConfig config = BrokerProperties.parse(MINIMAL);

        assertThat(config.nodeId()).isEqualTo(2);
        assertThat(config.zone()).isEqualTo("b");
        assertThat(config.dataDirectory()).isEqualTo(Path.of("/var/lib/broker"));
        assertThat(config.listeners().clients()).isEqualTo(new HostAndPort("0.0.0.0", 9092));
        assertThat(config.listeners().advertised()).isEqualTo(new HostAndPort("broker-b", 9092));
        assertThat(config.listeners().controller()).isEqualTo(new HostAndPort("0.0.0.0", 9093));
        assertThat(config.quorum().clusterId()).isEqualTo(CLUSTER);
        assertThat(config.quorum().voters()).hasSize(3).containsEntry(3, new HostAndPort("broker-c", 9093));
        assertThat(config.kafkaSettings()).isEmpty();
    }

    @Test
    void aSettingOfKafkaIsPassedOnWithoutItsPrefix() {
        assertThat(BrokerProperties.parse(with("kafka.num.io.threads", "3")).kafkaSettings())
                .containsOnly(Map.entry("num.io.threads", "3"));
    }

    @Test
    void everyMissingSettingIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerProperties.parse(Map.of("node.id", "1", "zone", "a", "advertised", " ")))
                .withMessageContaining("[advertised, cluster.id, controller.voters, data.directory]");
    }

    @Test
    void anUnknownSettingIsNamed() {
        assertRefused("zones", "b", "[zones]");
    }

    @Test
    void anUnknownSettingOfKafkaIsNamed() {
        assertRefused("kafka.num.oi.threads", "3", "[num.oi.threads]");
    }

    @Test
    void aSettingOfKafkaThatSaysWhoTheBrokerIsCannotBeReplaced() {
        assertRefused("kafka.node.id", "7", "[node.id]");
    }

    @Test
    void aWrongValueIsNamedWithItsSetting() {
        assertRefused("node.id", "two", "node.id");
        assertRefused("listen", "9092", "listen");
        assertRefused("cluster.id", "mine", "cluster.id");
        assertRefused("controller.voters", "broker-a:9093", "id@host:port");
        assertRefused("controller.voters", "2@broker-a:9093,2@broker-b:9093", "twice");
    }

    @Test
    void aBrokerThatIsNoControllerOfItsClusterIsRefused() {
        assertRefused("node.id", "4", "not among the controllers");
        assertRefused("controller.listen", "0.0.0.0:9999", "port 9999");
    }

    @Test
    void anAddressThatNobodyCanReachIsNotAdvertised() {
        assertRefused("advertised", "0.0.0.0:9092", "0.0.0.0:9092");
    }

    private static void assertRefused(String name, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerProperties.parse(with(name, value)))
                .withMessageContaining(message);
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> properties = new HashMap<>(MINIMAL);
        properties.put(name, value);
        return properties;
    }
}
