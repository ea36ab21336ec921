package io.tidemark.materializer.streams;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The consumer of one of a zone's threads: tells how far it has polled, and lets records gather while nobody waits for them. Like any
 * consumer it is for one thread.
 */
final class ZoneConsumer extends KafkaConsumer<byte[], byte[]> {
    private final PolledOffsets offsets;
    private final Gathering gathering;
    private long arrivalsSeen;
    /** A quiet log is listened to without a pause: its next record comes at once. */
    private boolean busy;

    ZoneConsumer(Map<String, Object> settings, PolledOffsets offsets, Gathering gathering) {
        super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.offsets = offsets;
        this.gathering = gathering;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        if (busy && timeout.compareTo(Gathering.PAUSE) > 0) {
            gather();
        }
        ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
        busy = !records.isEmpty();
        offsets.add(records);
        return records;
    }

    private void gather() {
        try {
            arrivalsSeen = gathering.pause(arrivalsSeen);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
