package io.tidemark.embedded;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic with one partition and the cluster's own defaults, written and read by ordinary Kafka clients. */
record TestTopic(String bootstrapServers, String name) {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    static TestTopic create(String bootstrapServers, String name) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(1), Optional.empty())))
                    .all()
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        return new TestTopic(bootstrapServers, name);
    }

    /** Returns once every record is acknowledged by all in-sync replicas. */
    void write(String... values) throws Exception {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "enable.idempotence",
                true,
                "delivery.timeout.ms",
                (int) LIMIT.toMillis(),
                "request.timeout.ms",
                5_000,
                "max.request.size",
                4 * 1024 * 1024);
        try (Producer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(name, "key", value)).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    List<String> read() {
        TopicPartition partition = new TopicPartition(name, 0);
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest", "group.id", "none");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition), LIMIT).get(partition);
            while (consumer.position(partition, LIMIT) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    static String ofBytes(int sizeBytes) {
        return new String(new byte[sizeBytes], StandardCharsets.US_ASCII);
    }
}
