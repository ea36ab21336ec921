package io.tidemark.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.tidemark.embedded.EmbeddedBrokers;
import io.tidemark.log.LogException.Kind;
import io.tidemark.log.TopicSpec.LeaderPlacement;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedCluster.class)
@Timeout(240)
class ConfirmedEndsTest {
    private static final ShardId SHARD = new ShardId(0);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final EmbeddedBrokers brokers;

    ConfirmedEndsTest(EmbeddedBrokers brokers) {
        this.brokers = brokers;
    }

    @Test
    void theEndThatTheLeaderTellsAndAnotherReplicaConfirmsIsAfterEveryAcknowledgedAppend() {
        try (Log log = open(EmbeddedCluster.newTopic("confirmed"))) {
            for (int i = 1; i <= 50; i++) {
                LogContractTest.join(log.append(SHARD, LogContractTest.payload("x")));
                assertConfirmed(log, SHARD, new Lsn(i));
            }
        }
    }

    @Test
    void nothingIsConfirmedWhenTheWitnessKnowsALaterEpochOrAnotherLeader() {
        try (ConfirmedEnds ends = ends(known(newTopic()), 2)) {
            assertThat(ends.confirmed(SHARD, 1, told(7, 30), witnessed(1, 7))).isEqualTo(new Lsn(30));
            assertRefused(ends, told(7, 30), witnessed(2, 8), "epoch 8");
            assertRefused(ends, told(7, 30), witnessed(1, 8), "epoch 8");
            assertRefused(ends, told(7, 30), witnessed(2, 7), "knows broker 2");
            assertRefused(ends, told(-1, 30), witnessed(1, -1), "epoch -1");
            assertRefused(
                    ends, told(7, 30), witnessed(1, 7).setErrorCode(Errors.LEADER_NOT_AVAILABLE.code()), "no leader");
        }
    }

    @Test
    void whoDoesNotLeadIsNotBelieved() {
        String topic = EmbeddedCluster.newTopic("follower");
        try (Log log = open(topic)) {
            LogContractTest.join(log.append(SHARD, LogContractTest.payload("x")));
            PartitionInfo known = known(topic);
            for (Node replica : known.replicas()) {
                PartitionInfo claimed = new PartitionInfo(topic, 0, replica, known.replicas(), known.inSyncReplicas());
                try (ConfirmedEnds ends = ends(claimed, 2)) {
                    if (replica.id() == known.leader().id()) {
                        assertThat(LogContractTest.join(ends.end(SHARD))).isEqualTo(new Lsn(1));
                    } else {
                        LogContractTest.assertFails(Kind.UNAVAILABLE, ends.end(SHARD));
                    }
                }
            }
        }
    }

    @Test
    void oneWitnessIsNotEnoughWhereAWriteCanDoWithoutIt() {
        try (ConfirmedEnds ends = ends(known(newTopic()), 1)) {
            LogContractTest.assertFails(Kind.UNAVAILABLE, ends.end(SHARD));
        }
    }

    @Test
    void aClosedLogSaysSo() {
        Log log = open(EmbeddedCluster.newTopic("closed"));
        log.close();
        LogContractTest.assertFails(Kind.CLOSED, log.confirmedEnd(SHARD));
    }

    @Test
    void withoutOneOfThreeBrokersEndsAreConfirmedAgainSoon() {
        String topic = EmbeddedCluster.newTopic("two-brokers");
        try (Log log = KafkaLog.open(config(TopicSpec.of(topic, 3)))) {
            List<ShardId> shards = IntStream.range(0, 3).mapToObj(ShardId::new).toList();
            brokers.stopBroker("b");
            try {
                for (ShardId shard : shards) {
                    LogContractTest.join(log.append(shard, LogContractTest.payload("x")));
                }
                for (ShardId shard : shards) {
                    assertConfirmed(log, shard, new Lsn(1));
                }
            } finally {
                brokers.startBroker("b");
            }
        }
    }

    /** Those who come while brokers are being asked wait for the next questions, and share them, whichever shards they ask for. */
    @Test
    void readersOfAllShardsShareTheNextQuestions() throws Exception {
        String topic = EmbeddedCluster.newTopic("shared");
        TopicSpec spec = TopicSpec.of(topic, 3).withLeaders(LeaderPlacement.TOGETHER);
        HeldRequests requests = new HeldRequests(KafkaConnection.to(brokers.bootstrapServers()));
        try (Log log = KafkaLog.open(config(spec));
                ConfirmedEnds ends = new ConfirmedEnds(spec, () -> partitions(topic), requests, System::nanoTime)) {
            List<CompletionStage<Lsn>> told = new ArrayList<>();
            for (int shard = 0; shard < 3; shard++) {
                LogContractTest.join(log.append(new ShardId(shard), LogContractTest.payload("x")));
                told.add(ends.end(new ShardId(shard)));
            }
            int firstQuestions = requests.sent();
            for (int caller = 0; caller < 300; caller++) {
                told.add(ends.end(new ShardId(caller % 3)));
            }
            assertThat(requests.sent())
                    .as("questions while others are under way")
                    .isEqualTo(firstQuestions);
            requests.release();
            for (CompletionStage<Lsn> end : told) {
                assertThat(LogContractTest.join(end)).isEqualTo(new Lsn(1));
            }
            // One to the leader of all shards, and at most one to each other broker, for the first callers and for all
            // the rest.
            assertThat(requests.sent()).isBetween(4, 6);
        }
    }

    /** Answers nothing until it is released. */
    private static final class HeldRequests extends BrokerRequests {
        private final CompletableFuture<Boolean> released = new CompletableFuture<>();
        private final AtomicInteger sent = new AtomicInteger();

        HeldRequests(KafkaConnection connection) {
            super(connection, "held", TIMEOUT);
        }

        @Override
        CompletableFuture<AbstractResponse> send(Node broker, AbstractRequest.Builder<?> request) {
            sent.incrementAndGet();
            return super.send(broker, request).thenCombine(released, (answer, now) -> answer);
        }

        int sent() {
            return sent.get();
        }

        void release() {
            released.complete(true);
        }
    }

    /** Brokers that are slow, or have not heard of a change yet, confirm nothing; what they confirm must be right at once. */
    private static void assertConfirmed(Log log, ShardId shard, Lsn end) {
        List<Lsn> confirmed = new ArrayList<>();
        await().atMost(TIMEOUT)
                .ignoreExceptions()
                .until(() -> confirmed.add(LogContractTest.join(log.confirmedEnd(shard))));
        assertThat(confirmed).containsExactly(end);
    }

    private String newTopic() {
        String topic = EmbeddedCluster.newTopic("ends");
        open(topic).close();
        return topic;
    }

    private Log open(String topic) {
        return KafkaLog.open(config(TopicSpec.of(topic, 1)));
    }

    private KafkaLogConfig config(TopicSpec topic) {
        return KafkaLogConfig.of(KafkaConnection.to(brokers.bootstrapServers()), topic);
    }

    /** What the brokers say of a topic of one partition. */
    private PartitionInfo known(String topic) {
        return partitions(topic).getFirst();
    }

    private List<PartitionInfo> partitions(String topic) {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", brokers.bootstrapServers());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.partitionsFor(topic);
        }
    }

    private ConfirmedEnds ends(PartitionInfo partition, int minInsyncReplicas) {
        KafkaConnection connection = KafkaConnection.to(brokers.bootstrapServers());
        return new ConfirmedEnds(
                TopicSpec.of(partition.topic(), 1).withReplication(3, minInsyncReplicas),
                () -> List.of(partition),
                new BrokerRequests(connection, "ends-test", TIMEOUT),
                System::nanoTime);
    }

    private static ListOffsetsPartitionResponse told(int epoch, long offset) {
        return new ListOffsetsPartitionResponse().setLeaderEpoch(epoch).setOffset(offset);
    }

    private static MetadataResponsePartition witnessed(int leaderId, int epoch) {
        return new MetadataResponsePartition().setLeaderId(leaderId).setLeaderEpoch(epoch);
    }

    private static void assertRefused(
            ConfirmedEnds ends, ListOffsetsPartitionResponse told, MetadataResponsePartition witnessed, String reason) {
        assertThatExceptionOfType(LogException.class)
                .isThrownBy(() -> ends.confirmed(SHARD, 1, told, witnessed))
                .withMessageContaining(reason)
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE));
    }
}
