package io.tidemark.log.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.embedded.EmbeddedBrokers;
import io.tidemark.log.EmbeddedCluster;
import io.tidemark.log.KafkaConnection;
import io.tidemark.log.KafkaLog;
import io.tidemark.log.KafkaLogConfig;
import io.tidemark.log.Log;
import io.tidemark.log.LogReader;
import io.tidemark.log.TopicSpec;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Command.DeleteItem;
import io.tidemark.schema.command.Command.ItemCommand;
import io.tidemark.schema.command.Command.PutItem;
import io.tidemark.schema.key.ItemKey;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.schema.wire.WalRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedCluster.class)
@Timeout(180)
class PlainProducerTest {
    private static final TableId TABLE = new TableId(7);
    private static final KeySchema SCHEMA = KeySchema.of(new KeyAttribute("id", KeyType.S));
    private static final int SHARDS = 3;
    private static final TableRoute ROUTE =
            TableRoute.evenly(TABLE, SCHEMA, List.of(new ShardId(2), new ShardId(0), new ShardId(1)));

    private final EmbeddedBrokers brokers;
    private final String topic = EmbeddedCluster.newTopic("plain");
    private Log log;

    PlainProducerTest(EmbeddedBrokers brokers) {
        this.brokers = brokers;
    }

    @BeforeEach
    void open() {
        log = KafkaLog.open(
                KafkaLogConfig.of(KafkaConnection.to(brokers.bootstrapServers()), TopicSpec.of(topic, SHARDS)));
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void commandsOfAPlainProducerAreSoundRecordsInTheShardsThatOwnTheirKeys() throws Exception {
        List<ItemCommand> sent = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            sent.add(PutItem.of(TABLE, item("item " + i)));
        }
        sent.add(DeleteItem.of(TABLE, PrimaryKey.of(new AttributeValue.S("item 5"))));
        Map<ItemCommand, RecordMetadata> acknowledged = new HashMap<>();
        try (KafkaProducer<ItemCommand, ItemCommand> producer = producer(Map.of())) {
            for (ItemCommand command : sent) {
                acknowledged.put(
                        command, producer.send(CommandRecord.of(topic, command)).get(20, TimeUnit.SECONDS));
            }
        }
        Set<RequestId> requestIds = new HashSet<>();
        Set<Command> found = new HashSet<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            for (WalRecord record : readAll(new ShardId(shard))) {
                assertThat(WalCodec.checksumMatches(record)).isTrue();
                var envelope = WalCodec.decode(record);
                assertThat(WalCodec.requestId(record)).contains(envelope.requestId());
                ItemCommand command = (ItemCommand) envelope.command();
                assertThat(record.key()).isEqualTo(WalCodec.itemKey(SCHEMA, command));
                assertThat(ROUTE.shardOf(new ItemKey(record.key()))).isEqualTo(record.shard());
                assertThat(acknowledged.get(command).offset())
                        .isEqualTo(record.lsn().offset());
                requestIds.add(envelope.requestId());
                found.add(command);
            }
            assertThat(readAll(new ShardId(shard))).isNotEmpty();
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(requestIds).hasSize(sent.size());
    }

    @Test
    void aRecordThatIsSentAgainKeepsItsRequestId() throws Exception {
        PutItem put = PutItem.of(TABLE, item("once"));
        RequestId requestId = new RequestId(1, 2);
        ProducerRecord<ItemCommand, ItemCommand> given = CommandRecord.of(topic, put, requestId);
        ProducerRecord<ItemCommand, ItemCommand> drawn = CommandRecord.of(topic, put);
        try (KafkaProducer<ItemCommand, ItemCommand> producer = producer(Map.of())) {
            for (int i = 0; i < 2; i++) {
                producer.send(given).get(20, TimeUnit.SECONDS);
                producer.send(drawn).get(20, TimeUnit.SECONDS);
            }
        }
        ShardId shard = ROUTE.shardOf(new ItemKey(WalCodec.itemKey(SCHEMA, put)));
        List<WalRecord> records = readAll(shard);
        assertThat(records).hasSize(4).allMatch(WalCodec::checksumMatches);
        assertThat(WalCodec.requestId(records.get(0))).contains(requestId);
        assertThat(WalCodec.requestId(records.get(2))).contains(requestId);
        assertThat(WalCodec.requestId(records.get(3))).isEqualTo(WalCodec.requestId(records.get(1)));
    }

    @Test
    void aProducerWithoutRoutesIsRefused() {
        assertRefused(Map.of("tidemark.routes", "no.such.Routes"), "there is no class no.such.Routes");
        assertRefused(Map.of("tidemark.routes", 7), "is a java.lang.Integer, which is no");
        Map<String, Object> properties = new HashMap<>();
        properties.put("tidemark.routes", null);
        assertRefused(properties, "tidemark.routes is missing");
    }

    @Test
    void routesMayBeNamedByTheirClass() throws Exception {
        try (KafkaProducer<ItemCommand, ItemCommand> producer =
                producer(Map.of("tidemark.routes", FixedRoutes.class.getName()))) {
            producer.send(CommandRecord.of(topic, PutItem.of(TABLE, item("a")))).get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aProducerThatCouldLoseOrTearRecordsIsRefused() {
        assertRefused(Map.of("acks", "1", "enable.idempotence", "false"), "acks is 1 but must be all");
        assertRefused(Map.of("transactional.id", "t"), "transactional.id must not be set");
    }

    @Test
    void recordsWhoseKeyIsNotTheirCommandAreRefused() {
        PutItem put = PutItem.of(TABLE, item("a"));
        try (KafkaProducer<ItemCommand, ItemCommand> producer = producer(Map.of())) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, put)))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("the key of a record for " + topic + " is null");
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, put, PutItem.of(TABLE, item("b")))))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("must be the same command");
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, put, null)))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("the value of a record for " + topic + " is null");
        }
    }

    @Test
    void aSerializerForTheValueAloneIsRefused() {
        Map<String, Object> properties = properties();
        properties.put("key.serializer", StringSerializer.class);
        try (KafkaProducer<String, ItemCommand> producer = new KafkaProducer<>(properties)) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, "a", PutItem.of(TABLE, item("a")))))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("set key.serializer to " + TidemarkSerializer.class.getName());
        }
    }

    @Test
    void commandsThatNoShardCouldApplyAreRefused() {
        try (KafkaProducer<ItemCommand, ItemCommand> producer = producer(Map.of())) {
            assertThatThrownBy(() -> producer.send(CommandRecord.of(topic, PutItem.of(new TableId(8), item("a")))))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("table 8 is not in tidemark.routes");
            assertThatThrownBy(() -> producer.send(CommandRecord.of(topic, PutItem.of(TABLE, Item.EMPTY))))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("is not admissible");
        }
    }

    private void assertRefused(Map<String, Object> overrides, String reason) {
        assertThatThrownBy(() -> {
                    try (var ignored = producer(overrides)) {
                        assertThat(ignored).isNull();
                    }
                })
                .isInstanceOf(KafkaException.class)
                .satisfies(failure -> {
                    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                    assertThat(cause).hasMessageContaining(reason);
                });
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", brokers.bootstrapServers());
        properties.put("key.serializer", TidemarkSerializer.class);
        properties.put("value.serializer", TidemarkSerializer.class);
        properties.put("partitioner.class", TidemarkPartitioner.class);
        properties.put("tidemark.routes", TableRoutes.of(ROUTE));
        return properties;
    }

    private KafkaProducer<ItemCommand, ItemCommand> producer(Map<String, Object> overrides) {
        Map<String, Object> properties = properties();
        properties.putAll(overrides);
        return new KafkaProducer<>(properties);
    }

    private List<WalRecord> readAll(ShardId shard) {
        Lsn end = log.end(shard).toCompletableFuture().join();
        List<WalRecord> records = new ArrayList<>();
        try (LogReader reader = log.read(shard, Lsn.FIRST)) {
            while (reader.position().isBefore(end)) {
                records.addAll(reader.poll(Duration.ofMillis(100)));
            }
        }
        return records;
    }

    private static Item item(String id) {
        return Item.of(Map.of("id", new AttributeValue.S(id), "n", AttributeValue.N.of(1)));
    }

    /** Named by its class in one test. */
    public static final class FixedRoutes implements TableRoutes {
        @Override
        public java.util.Optional<TableRoute> route(TableId tableId) {
            return TableRoutes.of(ROUTE).route(tableId);
        }
    }
}
