package io.tidemark.log.source;

import io.tidemark.log.KafkaConnection;
import io.tidemark.log.KafkaErrors;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.catalog.BindingDescription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a source topic from given offsets on. For one thread; {@link #wakeup} may be called from others. */
final class SourceReader implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(SourceReader.class);

    /** Records of one poll at most. */
    static final int MAX_POLL_RECORDS = 500;
    /** What one poll fetches at most, but for a larger first record. */
    private static final int FETCH_BYTES = 8 << 20;

    private static final Duration METADATA_MAX_AGE = Duration.ofMinutes(1);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    /** The committed offsets are a hint, not worth a long wait. */
    private static final Duration COMMITTED_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final String topic;
    private final Checkpoint checkpoint;
    private final Consumer<byte[], byte[]> consumer;

    /** @throws io.tidemark.log.LogException if the connection's settings are wrong */
    SourceReader(KafkaConnection connection, BindingDescription binding) {
        this.topic = binding.spec().topic();
        this.checkpoint = new Checkpoint(binding);
        Properties properties = new Properties();
        properties.setProperty("metadata.max.age.ms", Long.toString(METADATA_MAX_AGE.toMillis()));
        properties.putAll(connection.properties());
        properties.setProperty("group.id", "tidemark-source-" + binding.id());
        properties.setProperty("enable.auto.commit", "false");
        properties.setProperty("auto.offset.reset", "none");
        properties.setProperty("isolation.level", "read_committed");
        properties.setProperty("allow.auto.create.topics", "false");
        properties.setProperty("max.poll.records", Integer.toString(MAX_POLL_RECORDS));
        properties.setProperty("fetch.max.bytes", Integer.toString(FETCH_BYTES));
        properties.setProperty("default.api.timeout.ms", Long.toString(REQUEST_TIMEOUT.toMillis()));
        properties.setProperty("request.timeout.ms", Long.toString(REQUEST_TIMEOUT.toMillis()));
        try {
            this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (RuntimeException e) {
            throw KafkaErrors.toLogException("read source topic " + topic, e);
        }
    }

    /** @throws SourceException with kind FIX if there is no such topic */
    int partitionCount() {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        if (partitions == null || partitions.isEmpty()) {
            throw new SourceException(
                    SourceException.Kind.FIX,
                    "source topic " + topic + " does not exist: create it, or remove the binding");
        }
        return partitions.size();
    }

    /**
     * Begins anew, at the first record of each partition that is needed and still there.
     *
     * @throws SourceException with kind FIX if the topic ends before a record that was applied
     */
    void begin(SourceChains chains, int partitionCount) {
        Set<TopicPartition> partitions = new HashSet<>();
        for (int partition = 0; partition < partitionCount; partition++) {
            partitions.add(new TopicPartition(topic, partition));
        }
        Map<TopicPartition, OffsetAndMetadata> committed = committed(partitions);
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.assign(partitions);
        for (TopicPartition partition : partitions) {
            long firstNeeded = checkpoint.firstNeeded(
                    chains, partition.partition(), Optional.ofNullable(committed.get(partition)));
            long start = starts.getOrDefault(partition, 0L);
            if (firstNeeded < start && chains.hasBegun(partition.partition())) {
                logger.atWarn()
                        .addKeyValue("topic", topic)
                        .addKeyValue("partition", partition.partition())
                        .addKeyValue("firstNeededOffset", firstNeeded)
                        .addKeyValue("startOffset", start)
                        .log(
                                "records of the source topic were deleted by its retention, perhaps before they were read");
            }
            requireSameTopic(partition, firstNeeded, ends.getOrDefault(partition, 0L));
            consumer.seek(partition, Math.max(firstNeeded, start));
        }
    }

    private void requireSameTopic(TopicPartition partition, long firstNeeded, long end) {
        if (firstNeeded > end) {
            throw new SourceException(
                    SourceException.Kind.FIX,
                    "source topic " + topic + " partition " + partition.partition() + " ends at " + end
                            + ", but was applied up to " + (firstNeeded - 1)
                            + ": it was made anew or lost records; remove the binding and bind the topic again");
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        try {
            return consumer.committed(partitions, COMMITTED_TIMEOUT);
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            logger.atWarn()
                    .addKeyValue("topic", topic)
                    .setCause(e)
                    .log("the source's checkpoint cannot be read: reading from where the shards are");
            return Map.of();
        }
    }

    /** Waits at most {@code timeout} for the first record. The records of one partition are in order. */
    List<SourceRecord> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(timeout);
        List<SourceRecord> records = new ArrayList<>(polled.count());
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            records.add(new SourceRecord(
                    topic,
                    record.partition(),
                    record.offset(),
                    Optional.ofNullable(record.key()).map(Bytes::wrap),
                    Optional.ofNullable(record.value()).map(Bytes::wrap)));
        }
        return records;
    }

    /** Records that have not been polled; empty while that is not known. */
    Optional<Long> lagRecords() {
        long lagRecords = 0;
        for (TopicPartition partition : consumer.assignment()) {
            OptionalLong lag = consumer.currentLag(partition);
            if (lag.isEmpty()) {
                return Optional.empty();
            }
            lagRecords += lag.getAsLong();
        }
        return Optional.of(lagRecords);
    }

    /** Notes that whatever was polled has been applied. Asynchronous; nobody is told if it fails, as it is a hint. */
    void checkpoint(SourceChains chains) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            checkpoint
                    .encode(chains, partition.partition(), consumer.position(partition))
                    .ifPresent(offset -> offsets.put(partition, offset));
        }
        if (!offsets.isEmpty()) {
            consumer.commitAsync(offsets, (committed, failure) -> {
                if (failure != null) {
                    logger.atDebug()
                            .addKeyValue("topic", topic)
                            .setCause(failure)
                            .log("the source's checkpoint was not kept");
                }
            });
        }
    }

    /** Makes a poll that is waiting, or else the next one, throw {@link WakeupException}. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    }
}
