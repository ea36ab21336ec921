package io.tidemark.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidemark.embedded.EmbeddedBrokers;
import io.tidemark.log.LogException.Kind;
import io.tidemark.log.TopicSpec.LeaderPlacement;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedCluster.class)
@Timeout(180)
class TopicsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final KafkaConnection connection;

    TopicsTest(EmbeddedBrokers brokers) {
        this.connection = KafkaConnection.to(brokers.bootstrapServers());
    }

    /** Brokers hear of a new topic one after the other. */
    private static TopicDescription describe(Admin admin, TopicSpec spec) {
        return await().atMost(TIMEOUT)
                .ignoreExceptions()
                .until(
                        () -> admin.describeTopics(List.of(spec.name()))
                                .allTopicNames()
                                .get(20, TimeUnit.SECONDS)
                                .get(spec.name()),
                        Objects::nonNull);
    }

    @Test
    void aMissingTopicIsCreatedWithSafeSettings() throws Exception {
        TopicSpec spec = TopicSpec.of(EmbeddedCluster.newTopic("created"), 3);
        Topics.ensure(connection, spec, TIMEOUT);
        try (Admin admin = Topics.newAdmin(connection, TIMEOUT)) {
            TopicDescription topic = describe(admin, spec);
            assertThat(topic.partitions())
                    .hasSize(3)
                    .allSatisfy(partition -> assertThat(partition.replicas()).hasSize(3));
            Config settings = settings(admin, spec.name());
            assertThat(settings.get("min.insync.replicas").value()).isEqualTo("2");
            assertThat(settings.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
            assertThat(settings.get("unclean.leader.election.enable").value()).isEqualTo("false");
            assertThat(settings.get("cleanup.policy").value()).isEqualTo("delete");
            assertThat(settings.get("retention.ms").value()).isEqualTo("-1");
            assertThat(settings.get("retention.bytes").value()).isEqualTo("-1");
            assertThat(Integer.parseInt(settings.get("max.message.bytes").value()))
                    .isGreaterThan(Log.MAX_PAYLOAD_BYTES);
        }
    }

    @Test
    void leadersAreOnOneBrokerWhereThatIsAskedFor() throws Exception {
        TopicSpec spec = TopicSpec.of(EmbeddedCluster.newTopic("leaders"), 6).withLeaders(LeaderPlacement.TOGETHER);
        Topics.ensure(connection, spec, TIMEOUT);
        try (Admin admin = Topics.newAdmin(connection, TIMEOUT)) {
            TopicDescription topic = describe(admin, spec);
            assertThat(topic.partitions()).hasSize(6).allSatisfy(partition -> {
                assertThat(partition.replicas()).hasSize(3);
                assertThat(partition.leader().id()).isEqualTo(1);
            });
        }
    }

    @Test
    void processesThatStartTogetherCreateItOnce() throws Exception {
        TopicSpec spec = TopicSpec.of(EmbeddedCluster.newTopic("together"), 2);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> starts = new ArrayList<>();
            for (int process = 0; process < 4; process++) {
                starts.add(executor.submit(() -> Topics.ensure(connection, spec, TIMEOUT)));
            }
            for (Future<?> start : starts) {
                start.get(40, TimeUnit.SECONDS);
            }
        }
        Topics.ensure(connection, spec, TIMEOUT);
    }

    @Test
    void changedSettingsAreNamedWithTheCommandThatMendsThem() throws Exception {
        TopicSpec spec = TopicSpec.of(EmbeddedCluster.newTopic("changed"), 1);
        Topics.ensure(connection, spec, TIMEOUT);
        try (Admin admin = Topics.newAdmin(connection, TIMEOUT)) {
            alter(admin, spec.name(), "min.insync.replicas", "1");
            alter(admin, spec.name(), "message.timestamp.type", "CreateTime");
            String bootstrap = connection.bootstrapServers();
            // Brokers hear of a change one after the other.
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertMisconfigured(
                            spec,
                            "topic " + spec.name() + " is not safe to use",
                            "message.timestamp.type is CreateTime but must be LogAppendTime",
                            "min.insync.replicas is 1 but must be 2",
                            "kafka-configs.sh --bootstrap-server " + bootstrap
                                    + " --alter --entity-type topics --entity-name " + spec.name()
                                    + " --add-config message.timestamp.type=LogAppendTime,min.insync.replicas=2"));
            alter(admin, spec.name(), "min.insync.replicas", "2");
            alter(admin, spec.name(), "message.timestamp.type", "LogAppendTime");
        }
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThatCode(() -> Topics.ensure(connection, spec, TIMEOUT))
                        .doesNotThrowAnyException());
    }

    @Test
    void aTopicThatSomebodyElseMadeWithFewerCopiesIsRefused() throws Exception {
        TopicSpec spec = TopicSpec.of(EmbeddedCluster.newTopic("thin"), 1);
        try (Admin admin = Topics.newAdmin(connection, TIMEOUT)) {
            admin.createTopics(List.of(new NewTopic(spec.name(), 1, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
        assertMisconfigured(
                spec,
                "replication factor is 1 but must be 3",
                "kafka-reassign-partitions.sh",
                "message.timestamp.type is CreateTime but must be LogAppendTime");
    }

    @Test
    void anotherNumberOfPartitionsIsRefused() {
        String name = EmbeddedCluster.newTopic("partitions");
        Topics.ensure(connection, TopicSpec.of(name, 3), TIMEOUT);
        assertMisconfigured(TopicSpec.of(name, 4), "has 3 partitions", "number of shards is set to 4", "set it to 3");
    }

    @Test
    void fewerBrokersThanCopiesAreRefusedUntilASmallerClusterIsAskedFor() {
        String name = EmbeddedCluster.newTopic("copies");
        TopicSpec five = TopicSpec.of(name, 1).withReplication(5, 3);
        assertThatExceptionOfType(LogException.class)
                .isThrownBy(() -> Topics.ensure(connection, five, Duration.ofSeconds(5)))
                .withMessageContaining("start at least 5 brokers")
                .extracting(LogException::kind)
                .isEqualTo(Kind.MISCONFIGURED);
        Topics.ensure(connection, TopicSpec.of(name, 1).withReplication(1, 1), TIMEOUT);
    }

    @Test
    void unreachableBrokersAreNamed() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String nobody = "127.0.0.1:" + silent.getLocalPort();
            assertThatExceptionOfType(LogException.class)
                    .isThrownBy(() ->
                            Topics.ensure(KafkaConnection.to(nobody), TopicSpec.of("t", 1), Duration.ofSeconds(1)))
                    .withMessageContainingAll(nobody, "no broker answered within 1 s", "bootstrap.servers")
                    .extracting(LogException::kind)
                    .isEqualTo(Kind.UNAVAILABLE);
        }
    }

    @Test
    void anAddressThatIsNoneIsAMistakeInTheSettings() {
        assertThatExceptionOfType(LogException.class)
                .isThrownBy(
                        () -> Topics.ensure(KafkaConnection.to("no port"), TopicSpec.of("t", 1), Duration.ofSeconds(1)))
                .withMessageContainingAll("no port", "bootstrap.servers")
                .extracting(LogException::kind)
                .isEqualTo(Kind.MISCONFIGURED);
    }

    @Test
    void clientPropertiesCannotChangeWhatIsDurable() {
        assertThatThrownBy(() -> new KafkaConnection("localhost:9092", Map.of("acks", "0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Kafka property acks cannot be set");
        Map<String, String> secret = Map.of("sasl.jaas.config", "password=hidden");
        assertThat(new KafkaConnection("localhost:9092", secret))
                .asString()
                .contains("sasl.jaas.config")
                .doesNotContain("hidden");
    }

    private void assertMisconfigured(TopicSpec spec, CharSequence... parts) {
        assertThatExceptionOfType(LogException.class)
                .isThrownBy(() -> Topics.ensure(connection, spec, TIMEOUT))
                .withMessageContainingAll(parts)
                .extracting(LogException::kind)
                .isEqualTo(Kind.MISCONFIGURED);
    }

    private static Config settings(Admin admin, String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource))
                .all()
                .get(20, TimeUnit.SECONDS)
                .get(resource);
    }

    private static void alter(Admin admin, String topic, String name, String value) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get(20, TimeUnit.SECONDS);
        while (!settings(admin, topic).get(name).value().equals(value)) {
            Thread.sleep(10);
        }
    }
}
