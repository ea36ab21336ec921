package io.tidemark.log;

import io.tidemark.log.LogException.Kind;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.RecordHeader;
import io.tidemark.schema.wire.WalRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads one partition with a consumer of its own, which is in no group and commits nothing. */
final class KafkaLogReader implements LogReader {
    /** Records of one poll at most. */
    private static final int MAX_POLL_RECORDS = 2_000;

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final TopicPartition partition;
    private final ShardId shard;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Consumer<KafkaLogReader> onClose;
    private Lsn position;
    private volatile boolean logClosed;

    private KafkaLogReader(
            TopicPartition partition,
            KafkaConsumer<byte[], byte[]> consumer,
            Lsn from,
            Consumer<KafkaLogReader> onClose) {
        this.partition = partition;
        this.shard = new ShardId(partition.partition());
        this.consumer = consumer;
        this.position = from;
        this.onClose = onClose;
    }

    static KafkaLogReader open(
            KafkaConnection connection, TopicPartition partition, Lsn from, Consumer<KafkaLogReader> onClose) {
        Properties properties = connection.properties();
        properties.setProperty("enable.auto.commit", "false");
        properties.setProperty("auto.offset.reset", "none");
        properties.setProperty("allow.auto.create.topics", "false");
        properties.setProperty("max.poll.records", Integer.toString(MAX_POLL_RECORDS));
        try {
            KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            consumer.assign(List.of(partition));
            consumer.seek(partition, from.offset());
            return new KafkaLogReader(partition, consumer, from, onClose);
        } catch (RuntimeException e) {
            throw KafkaErrors.toLogException(
                    "read " + partition.topic() + " shard " + partition.partition() + " at " + from, e);
        }
    }

    @Override
    public List<WalRecord> poll(Duration timeout) {
        requireOpen();
        try {
            return toWalRecords(consumer.poll(timeout).records(partition));
        } catch (WakeupException e) {
            requireOpen();
            return List.of();
        } catch (InterruptException e) {
            // Kafka has set the thread's interrupt flag again.
            throw new LogException(Kind.CLOSED, action() + ": interrupted", e);
        } catch (LogTruncationException e) {
            throw new LogException(
                    Kind.BEYOND_END,
                    action() + ": the log no longer holds what was read before (" + e.getMessage()
                            + "); records were lost. Stop, and compare it with the archive",
                    e);
        } catch (OffsetOutOfRangeException e) {
            throw outOfRange(e);
        } catch (LogException e) {
            throw e;
        } catch (RuntimeException e) {
            throw KafkaErrors.toLogException(action(), e);
        }
    }

    /** Moves the position over the records; a hole moves it nowhere. */
    private List<WalRecord> toWalRecords(List<ConsumerRecord<byte[], byte[]>> polled) {
        List<WalRecord> records = new ArrayList<>(polled.size());
        Lsn next = position;
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            if (record.offset() != next.offset()) {
                consumer.seek(partition, position.offset());
                throw hole(next, record.offset());
            }
            records.add(toWalRecord(record, next));
            next = next.next();
        }
        position = next;
        return records;
    }

    private WalRecord toWalRecord(ConsumerRecord<byte[], byte[]> record, Lsn lsn) {
        List<RecordHeader> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(new RecordHeader(header.key(), bytes(header.value())));
        }
        return new WalRecord(shard, lsn, record.timestamp(), bytes(record.key()), bytes(record.value()), headers);
    }

    private static Bytes bytes(byte @Nullable [] array) {
        return array == null ? Bytes.EMPTY : Bytes.wrap(array);
    }

    /** Records before the start are gone for a good reason; any other hole means that something else wrote the log. */
    private LogException hole(Lsn expected, long found) {
        long start = startOffset();
        if (expected.offset() < start) {
            return trimmed(start, null);
        }
        return new LogException(
                Kind.BEYOND_END,
                action() + ": LSN " + expected + " is missing, the next one is " + found
                        + "; the topic was compacted or written in a transaction. Stop, and compare it with the archive");
    }

    private LogException outOfRange(OffsetOutOfRangeException cause) {
        consumer.seek(partition, position.offset());
        long start = startOffset();
        if (position.offset() < start) {
            return trimmed(start, cause);
        }
        return new LogException(
                Kind.BEYOND_END,
                action()
                        + ": the position is after the log's end; it came from another log, or this one lost records. Stop,"
                        + " and compare it with the archive",
                cause);
    }

    private LogException trimmed(long start, @Nullable Throwable cause) {
        String message = action() + ": the log starts at " + start
                + "; what was before has been archived and trimmed: start from a snapshot or the archive";
        return cause == null ? new LogException(Kind.TRIMMED, message) : new LogException(Kind.TRIMMED, message, cause);
    }

    private long startOffset() {
        try {
            return consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        } catch (RuntimeException e) {
            throw KafkaErrors.toLogException(action(), e);
        }
    }

    @Override
    public Lsn position() {
        return position;
    }

    @Override
    public void wakeup() {
        consumer.wakeup();
    }

    /** Makes every poll fail from now on, because the log has been closed. From any thread. */
    void fail() {
        logClosed = true;
        consumer.wakeup();
    }

    private void requireOpen() {
        if (logClosed) {
            throw KafkaErrors.closed(action());
        }
    }

    private String action() {
        return "read " + partition.topic() + " shard " + shard + " at " + position;
    }

    @Override
    public void close() {
        onClose.accept(this);
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(CLOSE_TIMEOUT));
    }
}
