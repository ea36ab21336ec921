package io.tidemark.materializer.streams;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far each partition has been polled: tells the processor, which gets one record at a time, whether more of them are at hand.
 * Thread-safe.
 */
final class PolledOffsets {
    private final Map<Integer, Long> lastByPartition = new ConcurrentHashMap<>();

    /** Whether records after this one have been polled, and will come without waiting. */
    boolean isFollowed(int partition, long offset) {
        Long last = lastByPartition.get(partition);
        return last != null && offset < last;
    }

    private void polled(int partition, long lastOffset) {
        lastByPartition.put(partition, lastOffset);
    }

    /** The consumer's side of it; made by Kafka, which hands it the settings of its consumer. */
    public static final class Interceptor implements ConsumerInterceptor<byte[], byte[]> {
        /** Names the setting that holds the {@link PolledOffsets}. */
        static final String SETTING = "tidemark.polled.offsets";

        private PolledOffsets offsets = new PolledOffsets();

        @Override
        public void configure(Map<String, ?> settings) {
            offsets = (PolledOffsets) Objects.requireNonNull(settings.get(SETTING), SETTING);
        }

        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            for (TopicPartition partition : records.partitions()) {
                List<ConsumerRecord<byte[], byte[]>> polled = records.records(partition);
                offsets.polled(partition.partition(), polled.getLast().offset());
            }
            return records;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> committed) {
            // What is committed does not matter here.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
