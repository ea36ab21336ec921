package io.tidemark.log.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.tidemark.embedded.EmbeddedBrokers;
import io.tidemark.log.EmbeddedCluster;
import io.tidemark.log.KafkaConnection;
import io.tidemark.log.KafkaLog;
import io.tidemark.log.KafkaLogConfig;
import io.tidemark.log.Log;
import io.tidemark.log.LogException;
import io.tidemark.log.MemoryLog;
import io.tidemark.log.TopicSpec;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.catalog.BindingDescription;
import io.tidemark.schema.catalog.BindingSpec;
import io.tidemark.schema.catalog.SourceFormat;
import io.tidemark.schema.catalog.SourceKey;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.value.AttributeValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedCluster.class)
@Timeout(180)
class SourceBindingTest {
    private static final TableId TABLE = new TableId(5);
    private static final KeySchema SCHEMA = KeySchema.of(new KeyAttribute("id", KeyType.S));
    private static final int SHARDS = 3;
    private static final TableRoute ROUTE =
            TableRoute.evenly(TABLE, SCHEMA, List.of(new ShardId(0), new ShardId(1), new ShardId(2)));
    private static final Duration WAIT = Duration.ofSeconds(30);

    private final KafkaConnection connection;
    private final String topic = EmbeddedCluster.newTopic("source");
    private final Log wal = new MemoryLog(SHARDS, InstantSource.system());
    private final Log deadLetterLog = new MemoryLog(1, InstantSource.system());
    private final DeadLetters deadLetters = new DeadLetters(deadLetterLog);
    private final Applier applier = new Applier(wal);
    private Admin admin;
    private KafkaProducer<byte[], byte[]> producer;

    SourceBindingTest(EmbeddedBrokers brokers) {
        // Looks for new partitions every half second instead of every minute.
        this.connection = new KafkaConnection(brokers.bootstrapServers(), Map.of("metadata.max.age.ms", "500"));
    }

    @BeforeEach
    void open() {
        admin = Admin.create(connection.properties());
        producer = new KafkaProducer<>(connection.properties(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void close() {
        producer.close();
        admin.close();
    }

    @Test
    void everyRecordBecomesAPutOrADeleteOnce() throws Exception {
        createTopic(2);
        for (int i = 0; i < 300; i++) {
            put(i % 2, "k" + i % 40, i % 7 == 0 ? null : "{\"n\": " + i + "}");
        }
        try (SourceBinding binding = binding(wal)) {
            runToEnd(binding);
            assertThat(binding.progress().appendedRecords()).isEqualTo(300);
            assertThat(binding.progress().appendedDeletes()).isEqualTo(43);
            assertThat(binding.progress().lagRecords()).contains(0L);
            assertThat(binding.progress().restarts()).isZero();
        }
        applier.applyAll();
        assertThat(applier.applied).hasSize(300);
        assertThat(applier.repetitions + applier.gaps).isZero();
        Map<String, Integer> expected = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            if (i % 7 == 0) {
                expected.remove("k" + i % 40);
            } else {
                expected.put("k" + i % 40, i);
            }
        }
        assertItems(expected);
    }

    @Test
    void nothingIsLostOrAppliedTwiceHoweverOftenTheBindingEnds() throws Exception {
        long seed = 4_711;
        SplittableRandom random = new SplittableRandom(seed);
        createTopic(3);
        Map<String, Integer> expected = new HashMap<>();
        List<Future<RecordMetadata>> sound = new ArrayList<>();
        int letters = 0;
        for (int i = 0; i < 1_500; i++) {
            String key = "k" + random.nextInt(200);
            int partition = Math.floorMod(key.hashCode(), 3);
            boolean isSound = random.nextInt(50) > 0;
            Future<RecordMetadata> sent = send(partition, key, isSound ? "{\"n\": " + i + "}" : "no JSON");
            if (isSound) {
                expected.put(key, i);
                sound.add(sent);
            } else {
                letters++;
            }
        }
        Set<String> expectedOffsets = new HashSet<>();
        for (Future<RecordMetadata> sent : sound) {
            RecordMetadata metadata = sent.get(20, TimeUnit.SECONDS);
            expectedOffsets.add(metadata.partition() + "/" + metadata.offset());
        }
        int processes = 0;
        boolean done = false;
        while (!done && processes < 200) {
            processes++;
            // Each process gets further before its log fails.
            FaultyLog faulty = new FaultyLog(wal, random, 10 + 10 * processes);
            SourceBinding binding = binding(faulty);
            try {
                runToEnd(binding);
                done = true;
            } catch (FaultyLog.ProcessEnded e) {
                // The next process takes over.
            } finally {
                binding.close();
            }
        }
        applier.applyAll();
        assertThat(done).as("seed %s", seed).isTrue();
        assertThat(processes).as("seed %s", seed).isGreaterThan(5);
        assertThat(applier.applied)
                .as("seed %s", seed)
                .extracting(mark -> mark.partition() + "/" + mark.offset())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(expectedOffsets);
        assertItems(expected);
        assertThat(distinctLetters()).hasSize(letters);
    }

    @Test
    void twoProcessesWithTheSameBindingAreHarmless() throws Exception {
        createTopic(2);
        try (SourceBinding first = binding(wal);
                SourceBinding second = binding(wal)) {
            Map<String, Integer> expected = new HashMap<>();
            for (int i = 0; i < 600; i++) {
                put(i % 2, "k" + i, "{\"n\": " + i + "}");
                expected.put("k" + i, i);
                if (i % 50 == 0) {
                    first.step();
                    second.step();
                }
            }
            runToEnd(first);
            runToEnd(second);
            applier.applyAll();
            assertThat(applier.applied).hasSize(600);
            assertThat(applier.repetitions).isPositive();
            assertThat(applier.gaps).isZero();
            assertItems(expected);
        }
    }

    @Test
    void recordsThatCannotBecomeACommandAreKeptAndTheOthersGoOn() throws Exception {
        createTopic(1);
        put(0, "a", "{\"n\": 1}");
        put(0, "b", "{");
        put(0, null, "{\"n\": 2}");
        put(0, "", "{\"n\": 3}");
        put(0, "c", "{\"id\": \"not c\"}");
        put(0, "d", "{\"n\": 4}");
        try (SourceBinding binding = binding(wal)) {
            runToEnd(binding);
            assertThat(binding.progress().appendedRecords()).isEqualTo(2);
            assertThat(binding.progress().deadLetters()).isEqualTo(4);
        }
        applier.applyAll();
        assertItems(Map.of("a", 1, "d", 4));
        List<DeadLetters.Entry> entries = deadLetters.list(Lsn.FIRST, 100);
        assertThat(entries)
                .extracting(entry -> entry.letter().record().offset())
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.letter().bindingId()).isEqualTo(1);
            assertThat(entry.letter().record().topic()).isEqualTo(topic);
            assertThat(entry.letter().reason()).isNotEmpty();
        });
        DeadLetter first = entries.getFirst().letter();
        assertThat(text(first.record().key().orElseThrow().array())).isEqualTo("b");
        assertThat(text(first.record().value().orElseThrow().array())).isEqualTo("{");
        assertThat(first.reason()).contains("not JSON");
        assertThat(entries.get(1).letter().record().key()).isEmpty();
        assertThat(deadLetters.list(new Lsn(2), 1)).containsExactly(entries.get(2));
        assertThat(deadLetters.end().toCompletableFuture().join()).isEqualTo(new Lsn(4));
    }

    @Test
    void aRestartDoesNotReadAgainWhatAllShardsAreDoneWith() throws Exception {
        createTopic(1);
        for (int i = 0; i < 100; i++) {
            put(0, "the only key", "{\"n\": " + i + "}");
        }
        try (SourceBinding binding = binding(wal)) {
            runToEnd(binding);
        }
        put(0, "the only key", "{\"n\": 100}");
        try (SourceBinding binding = binding(wal)) {
            runToEnd(binding);
            assertThat(binding.progress().appendedRecords()).isEqualTo(1);
            assertThat(binding.progress().skippedRecords()).isZero();
        }
        // A cluster that was restored to before any of it must not trust the checkpoint.
        Log restored = new MemoryLog(SHARDS, InstantSource.system());
        Applier restoredApplier = new Applier(restored);
        try (SourceBinding binding = binding(restored, restoredApplier, connection)) {
            runToEnd(binding);
        }
        restoredApplier.applyAll();
        assertThat(restoredApplier.applied).hasSize(101);
    }

    @Test
    void commandsThatAShardRejectsAreSentAgainUntilItAppliesThem() throws Exception {
        createTopic(1);
        Map<String, Integer> expected = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            put(0, "k" + i, "{\"n\": " + i + "}");
            expected.put("k" + i, i);
        }
        producer.flush();
        applier.isRejected = command -> true;
        try (SourceBinding binding = binding(wal)) {
            for (int attempt = 0; attempt < 3; attempt++) {
                long deadlineNanos = System.nanoTime() + WAIT.toNanos();
                assertThatExceptionOfType(SourceException.class)
                        .isThrownBy(() -> {
                            while (System.nanoTime() < deadlineNanos) {
                                binding.step();
                            }
                        })
                        .withMessageContaining("commands were rejected")
                        .extracting(SourceException::kind)
                        .isEqualTo(SourceException.Kind.RETRY);
            }
            assertThat(binding.progress().appendedRecords()).isLessThanOrEqualTo(3 * SourceReader.MAX_POLL_RECORDS);
            applier.isRejected = command -> false;
            runToEnd(binding);
            assertThat(binding.progress().restarts()).isEqualTo(3);
        }
        applier.applyAll();
        assertThat(applier.applied).hasSize(2_000);
        assertItems(expected);
    }

    @Test
    void partitionsThatAreAddedLaterAreReadToo() throws Exception {
        createTopic(1);
        put(0, "a", "{\"n\": 1}");
        try (SourceBinding binding = binding(wal)) {
            runToEnd(binding);
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(2)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
            long deadlineNanos = System.nanoTime() + WAIT.toNanos();
            while (producer.partitionsFor(topic).size() < 2 && System.nanoTime() < deadlineNanos) {
                Thread.sleep(50);
            }
            put(1, "b", "{\"n\": 2}");
            while (binding.progress().appendedRecords() < 2 && System.nanoTime() < deadlineNanos) {
                binding.step();
            }
        }
        applier.applyAll();
        assertItems(Map.of("a", 1, "b", 2));
    }

    @Test
    void aTopicWhoseOldestRecordsAreGoneIsReadFromItsStart() throws Exception {
        createTopic(1);
        for (int i = 0; i < 10; i++) {
            put(0, "k" + i, "{\"n\": " + i + "}");
        }
        producer.flush();
        admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(8)))
                .all()
                .get(20, TimeUnit.SECONDS);
        try (SourceBinding binding = binding(wal)) {
            runToEnd(binding);
        }
        applier.applyAll();
        assertItems(Map.of("k8", 8, "k9", 9));
    }

    @Test
    void aTopicThatIsMissingOrWasMadeAnewIsAMistakeToFix() throws Exception {
        try (SourceBinding binding = binding(wal)) {
            assertFix(binding, "source topic " + topic + " does not exist");
        }
        createTopic(1);
        SourcePositions fromAnotherTopic = shard -> Map.of(0, 1_000L);
        try (SourceBinding binding = binding(wal, fromAnotherTopic, connection)) {
            // The brokers hear of a new topic one after the other.
            await().atMost(WAIT).untilAsserted(() -> assertFix(binding, "ends at 0, but was applied up to 1000"));
        }
    }

    @Test
    void shardsThatDoNotTellTheirPositionsAreAskedAgain() throws Exception {
        createTopic(1);
        put(0, "a", "{\"n\": 1}");
        List<String> answers = new ArrayList<>(List.of("fail", "fail"));
        SourcePositions positions = shard -> {
            if (!answers.isEmpty()) {
                answers.removeLast();
                throw new IllegalStateException("no replica serves shard " + shard);
            }
            return applier.lastOffsets(shard);
        };
        try (SourceBinding binding = binding(wal, positions, connection)) {
            for (int i = 0; i < 2; i++) {
                assertThatExceptionOfType(SourceException.class)
                        .isThrownBy(binding::step)
                        .withMessageContaining("no replica serves shard")
                        .extracting(SourceException::kind)
                        .isEqualTo(SourceException.Kind.RETRY);
            }
            runToEnd(binding);
        }
        applier.applyAll();
        assertItems(Map.of("a", 1));
    }

    @Test
    void closingEndsARunningBindingSoon() throws Exception {
        createTopic(1);
        SourceBinding binding = binding(wal);
        Thread runner = new Thread(binding::run, "binding");
        runner.start();
        put(0, "a", "{\"n\": 1}");
        long deadlineNanos = System.nanoTime() + WAIT.toNanos();
        while (binding.progress().appendedRecords() < 1 && System.nanoTime() < deadlineNanos) {
            Thread.sleep(10);
        }
        assertThat(binding.progress().appendedRecords()).isEqualTo(1);
        binding.close();
        runner.join(Duration.ofSeconds(10));
        assertThat(runner.isAlive()).isFalse();
        binding.close();
        binding.step();
    }

    @Test
    void avroValuesWithKeyFieldsFlowThroughARealLog() throws Exception {
        Schema schema = SchemaBuilder.record("Edit")
                .fields()
                .requiredString("page")
                .requiredInt("n")
                .endRecord();
        createTopic(1);
        Map<String, Integer> expected = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            var edit = new GenericRecordBuilder(schema)
                    .set("page", "page " + i)
                    .set("n", i)
                    .build();
            var unused = producer.send(new ProducerRecord<>(
                    topic, 0, null, AvroValueReaderTest.plain(edit).array()));
            expected.put("page " + i, i);
        }
        BindingSpec spec = new BindingSpec(
                topic,
                "pages",
                new SourceFormat.Avro(schema.toString()),
                new SourceKey.Fields("page", Optional.empty()));
        try (Log kafkaWal = kafkaLog("wal", SHARDS);
                Log kafkaLetters = kafkaLog("letters", 1)) {
            Applier kafkaApplier = new Applier(kafkaWal);
            SourceTarget target = new SourceTarget(kafkaWal, () -> ROUTE, kafkaApplier);
            try (SourceBinding binding = new SourceBinding(
                    connection,
                    new BindingDescription(2, spec, TABLE, Instant.EPOCH),
                    target,
                    new DeadLetters(kafkaLetters))) {
                runToEnd(binding);
                producer.send(new ProducerRecord<>(topic, 0, null, new byte[] {1}))
                        .get(20, TimeUnit.SECONDS);
                runToEnd(binding);
            }
            kafkaApplier.applyAll();
            assertItems(kafkaApplier, expected);
            List<DeadLetters.Entry> letters = new DeadLetters(kafkaLetters).list(Lsn.FIRST, 10);
            assertThat(letters).hasSize(1);
            assertThat(letters.getFirst().letter().reason()).contains("no Avro record");
        }
    }

    private Log kafkaLog(String prefix, int shards) {
        return KafkaLog.open(KafkaLogConfig.of(connection, TopicSpec.of(EmbeddedCluster.newTopic(prefix), shards)));
    }

    private static void assertFix(SourceBinding binding, String message) {
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(binding::step)
                .withMessageContaining(message)
                .extracting(SourceException::kind)
                .isEqualTo(SourceException.Kind.FIX);
    }

    /** Steps until everything in the topic has been appended and confirmed; a step that failed is tried again. */
    private void runToEnd(SourceBinding binding) {
        producer.flush();
        long total = 0;
        long deadlineNanos = System.nanoTime() + WAIT.toNanos();
        int idleSteps = 0;
        while (idleSteps < 2) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(deadlineNanos);
            long before = total;
            try {
                binding.step();
                SourceProgress progress = binding.progress();
                total = progress.appendedRecords() + progress.skippedRecords() + progress.deadLetters();
                idleSteps = total == before && progress.lagRecords().equals(Optional.of(0L)) ? idleSteps + 1 : 0;
            } catch (SourceException e) {
                assertThat(e.kind()).isEqualTo(SourceException.Kind.RETRY);
                assertThat(e).hasCauseInstanceOf(LogException.class);
                idleSteps = 0;
            }
        }
    }

    private SourceBinding binding(Log log) {
        return binding(log, applier, connection);
    }

    private SourceBinding binding(Log log, SourcePositions positions, KafkaConnection connection) {
        BindingSpec spec = new BindingSpec(topic, "table", SourceFormat.JSON, SourceKey.RECORD_KEY);
        return new SourceBinding(
                connection,
                new BindingDescription(1, spec, TABLE, Instant.EPOCH),
                new SourceTarget(log, () -> ROUTE, positions),
                deadLetters);
    }

    private void createTopic(int partitions) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                .all()
                .get(20, TimeUnit.SECONDS);
    }

    private void put(int partition, String key, String value) {
        var unused = send(partition, key, value);
    }

    private Future<RecordMetadata> send(int partition, String key, String value) {
        return producer.send(new ProducerRecord<>(
                topic,
                partition,
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                value == null ? null : value.getBytes(StandardCharsets.UTF_8)));
    }

    private Set<String> distinctLetters() {
        Set<String> letters = new HashSet<>();
        for (DeadLetters.Entry entry : deadLetters.list(Lsn.FIRST, DeadLetters.MAX_LIST)) {
            SourceRecord record = entry.letter().record();
            letters.add(record.partition() + "/" + record.offset());
        }
        return letters;
    }

    private void assertItems(Map<String, Integer> expected) {
        assertItems(applier, expected);
    }

    private static void assertItems(Applier applier, Map<String, Integer> expected) {
        Map<String, Integer> found = new HashMap<>();
        applier.items.values().forEach(item -> {
            AttributeValue.S id = (AttributeValue.S) item.get("id");
            AttributeValue.N number = (AttributeValue.N) item.get("n");
            found.put(id.value(), number.value().value().intValueExact());
        });
        assertThat(found).isEqualTo(expected);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
