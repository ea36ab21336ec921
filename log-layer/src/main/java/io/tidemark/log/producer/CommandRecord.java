package io.tidemark.log.producer;

import io.tidemark.schema.RequestId;
import io.tidemark.schema.command.Command.ItemCommand;
import io.tidemark.schema.wire.RecordHeader;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What {@link TidemarkSerializer} takes: a record whose key and value are one and the same command. */
public final class CommandRecord {
    private CommandRecord() {}

    /** A record with a request id of its own: sent twice, it takes effect twice. */
    public static ProducerRecord<ItemCommand, ItemCommand> of(String topic, ItemCommand command) {
        return new ProducerRecord<>(topic, command, command);
    }

    /** A record that takes effect once, however often it is sent with the same id while replicas remember the id. */
    public static ProducerRecord<ItemCommand, ItemCommand> of(String topic, ItemCommand command, RequestId requestId) {
        ProducerRecord<ItemCommand, ItemCommand> record = of(topic, command);
        record.headers().add(RecordHeader.REQUEST_ID, requestId.toBytes());
        return record;
    }
}
