package io.tidemark.materializer.streams;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.RecordHeader;
import io.tidemark.schema.wire.WalRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Kafka's records as those of the log. What is missing in them is empty: nothing about them is known yet. */
final class WalRecords {
    private WalRecords() {}

    static WalRecord of(ConsumerRecord<byte[], byte[]> record) {
        return new WalRecord(
                new ShardId(record.partition()),
                new Lsn(record.offset()),
                record.timestamp(),
                bytes(record.key()),
                bytes(record.value()),
                headers(record.headers()));
    }

    static WalRecord of(Record<byte[], byte[]> record, RecordMetadata metadata) {
        return new WalRecord(
                new ShardId(metadata.partition()),
                new Lsn(metadata.offset()),
                record.timestamp(),
                bytes(record.key()),
                bytes(record.value()),
                headers(record.headers()));
    }

    private static List<RecordHeader> headers(Headers kafkaHeaders) {
        List<RecordHeader> headers = new ArrayList<>();
        for (Header header : kafkaHeaders) {
            headers.add(new RecordHeader(header.key(), bytes(header.value())));
        }
        return headers;
    }

    private static Bytes bytes(byte @Nullable [] array) {
        return array == null ? Bytes.EMPTY : Bytes.wrap(array);
    }
}
