package io.tidemark.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.tidemark.embedded.EmbeddedBrokers;
import io.tidemark.log.LogException.Kind;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.WalPayload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedCluster.class)
class KafkaLogTest extends LogContractTest {
    private static final ShardId SHARD = new ShardId(0);

    private final EmbeddedBrokers brokers;

    KafkaLogTest(EmbeddedBrokers brokers) {
        this.brokers = brokers;
    }

    @Override
    Log openNewLog() {
        return KafkaLog.open(config(EmbeddedCluster.newTopic("wal")));
    }

    private KafkaLogConfig config(String topic) {
        return KafkaLogConfig.of(KafkaConnection.to(brokers.bootstrapServers()), TopicSpec.of(topic, 2));
    }

    @Test
    void anotherProcessSeesTheSameLog() {
        KafkaLogConfig config = config(EmbeddedCluster.newTopic("shared"));
        try (Log first = KafkaLog.open(config);
                Log second = KafkaLog.open(config)) {
            assertThat(join(first.append(SHARD, payload("a")))).isEqualTo(new Lsn(0));
            assertThat(join(second.append(SHARD, payload("b")))).isEqualTo(new Lsn(1));
            assertThat(join(first.end(SHARD))).isEqualTo(new Lsn(2));
            try (LogReader reader = second.read(SHARD, Lsn.FIRST)) {
                read(reader, 2);
            }
        }
    }

    @Test
    void appendsThatDoNotFitTheBufferAreOverloadedAtOnceAndNotInTheLog() {
        KafkaLogConfig defaults = config(EmbeddedCluster.newTopic("overloaded"));
        KafkaLogConfig config = new KafkaLogConfig(
                defaults.connection(),
                defaults.topic(),
                defaults.startTimeout(),
                defaults.appendTimeout(),
                4L * Log.MAX_PAYLOAD_BYTES,
                defaults.compression());
        WalPayload megabyte = new WalPayload(bytes("k"), Bytes.wrap(new byte[1 << 20]), List.of());
        try (Log log = KafkaLog.open(config)) {
            List<CompletableFuture<Lsn>> appended = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                appended.add(log.append(SHARD, megabyte).toCompletableFuture());
            }
            int acknowledged = 0;
            int overloaded = 0;
            for (CompletableFuture<Lsn> append : appended) {
                try {
                    join(append);
                    acknowledged++;
                } catch (CompletionException e) {
                    assertFails(Kind.OVERLOADED, append);
                    overloaded++;
                }
            }
            assertThat(acknowledged).isPositive();
            assertThat(overloaded).isPositive();
            assertThat(join(log.end(SHARD))).isEqualTo(new Lsn(acknowledged));
        }
    }

    @Test
    void aHoleInTheLogIsAnErrorAndNotSkipped() {
        KafkaLogConfig config = config(EmbeddedCluster.newTopic("hole"));
        try (Log log = KafkaLog.open(config)) {
            var properties = config.connection().properties();
            properties.setProperty("transactional.id", config.topic().name());
            try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
                producer.initTransactions();
                producer.beginTransaction();
                var unused = producer.send(new ProducerRecord<>(config.topic().name(), 0, new byte[1], new byte[1]));
                producer.commitTransaction();
            }
            await().until(() -> join(log.end(SHARD)).equals(new Lsn(2)));
            join(log.append(SHARD, payload("after the transaction's marker")));
            try (LogReader reader = log.read(SHARD, Lsn.FIRST)) {
                assertThatExceptionOfType(LogException.class)
                        .isThrownBy(() -> {
                            read(reader, 2);
                        })
                        .withMessageContaining("LSN 1 is missing, the next one is 2")
                        .extracting(LogException::kind)
                        .isEqualTo(Kind.BEYOND_END);
            }
        }
    }

    @Test
    void appendsGoOnWithoutOneOfThreeBrokers() {
        try (Log log = KafkaLog.open(config(EmbeddedCluster.newTopic("two-brokers")))) {
            join(log.append(SHARD, payload("with three")));
            brokers.stopBroker("b");
            try {
                for (int shard = 0; shard < 2; shard++) {
                    join(log.append(new ShardId(shard), payload("with two")));
                }
                assertThat(join(log.end(SHARD))).isEqualTo(new Lsn(2));
            } finally {
                brokers.startBroker("b");
            }
            try (LogReader reader = log.read(SHARD, Lsn.FIRST)) {
                read(reader, 2);
            }
        }
    }

    @Test
    void appendsUnderWayWhenTheLogIsClosedAreCompletedOrFailed() {
        Log log = KafkaLog.open(config(EmbeddedCluster.newTopic("closing")));
        List<CompletableFuture<Lsn>> appended = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            appended.add(log.append(SHARD, payload("record " + i)).toCompletableFuture());
        }
        log.close();
        assertThat(appended).allSatisfy(append -> assertThat(append).isDone());
    }

    @Test
    void brokersThatDoNotAnswerAreNamedWhenTheLogIsOpened() {
        KafkaLogConfig config = KafkaLogConfig.of(KafkaConnection.to("127.0.0.1:1"), TopicSpec.of("t", 1))
                .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1));
        assertThatExceptionOfType(LogException.class)
                .isThrownBy(() -> KafkaLog.open(config))
                .withMessageContainingAll("127.0.0.1:1", "bootstrap.servers")
                .extracting(LogException::kind)
                .isEqualTo(Kind.UNAVAILABLE);
    }
}
