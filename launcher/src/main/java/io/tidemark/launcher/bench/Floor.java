package io.tidemark.launcher.bench;

import io.tidemark.launcher.cluster.EmbeddedCluster;
import io.tidemark.log.KafkaConnection;
import io.tidemark.log.KafkaLog;
import io.tidemark.log.KafkaLogConfig;
import io.tidemark.log.TopicSpec;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.wire.WalPayload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What the brokers could do at best: records of {@value Workload#RECORD_BYTES} bytes to a topic of its own, as the write-ahead log
 * is written (the same producer, shards, copies, leaders and acknowledgements), with one bare consumer for each zone, which reads them and
 * throws them away.
 */
final class Floor implements AutoCloseable {
    private static final String TOPIC = "tidemark.bench.floor";
    private static final int KEY_BYTES = 24;
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(500);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final KafkaLog log;
    private final List<KafkaConsumer<byte[], byte[]>> consumers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    Floor(String bootstrapServers, List<Zone> zones, int shards) {
        KafkaConnection connection = KafkaConnection.to(bootstrapServers);
        TopicSpec topic = TopicSpec.of(TOPIC, shards).withLeaders(EmbeddedCluster.LEADERS);
        log = KafkaLog.open(KafkaLogConfig.of(connection, topic));
        List<TopicPartition> partitions = IntStream.range(0, shards)
                .mapToObj(shard -> new TopicPartition(TOPIC, shard))
                .toList();
        for (Zone zone : zones) {
            KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrapServers, zone);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            consumers.add(consumer);
            threads.add(
                    Thread.ofPlatform().name("bench-consumer-" + zone).daemon().start(() -> poll(consumer)));
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers, Zone zone) {
        Properties properties = new Properties();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ConsumerConfig.CLIENT_RACK_CONFIG, zone.name());
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "1");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
        properties.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, "false");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void poll(KafkaConsumer<byte[], byte[]> consumer) {
        try (consumer) {
            while (!closed) {
                consumer.poll(POLL_TIMEOUT);
            }
        } catch (WakeupException e) {
            // Closed.
        }
    }

    /** Appends one record to a random shard and waits for the acknowledgement, or for the log's own timeout. */
    void append(SplittableRandom random) {
        byte[] key = new byte[KEY_BYTES];
        byte[] value = new byte[Workload.RECORD_BYTES - KEY_BYTES];
        random.nextBytes(key);
        random.nextBytes(value);
        WalPayload payload = new WalPayload(Bytes.wrap(key), Bytes.wrap(value), List.of());
        var unused = log.append(new ShardId(random.nextInt(log.shardCount())), payload)
                .toCompletableFuture()
                .join();
    }

    @Override
    public void close() {
        closed = true;
        consumers.forEach(KafkaConsumer::wakeup);
        try {
            for (Thread thread : threads) {
                thread.join(CLOSE_TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        log.close();
    }
}
