package io.tidemark.materializer.streams;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecords;
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

    void add(ConsumerRecords<byte[], byte[]> polled) {
        for (TopicPartition partition : polled.partitions()) {
            lastByPartition.put(
                    partition.partition(), polled.records(partition).getLast().offset());
        }
    }
}
