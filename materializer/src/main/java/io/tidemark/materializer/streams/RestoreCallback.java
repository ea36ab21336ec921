package io.tidemark.materializer.streams;

import io.tidemark.schema.wire.WalRecord;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.internals.RecordBatchingStateRestoreCallback;

/**
 * Hands whole records to the store while it is being restored. Kafka Streams' public callback gives no offsets; this is the only
 * class that knows the internal one that does.
 */
final class RestoreCallback implements RecordBatchingStateRestoreCallback {
    private final Consumer<List<WalRecord>> apply;

    RestoreCallback(Consumer<List<WalRecord>> apply) {
        this.apply = apply;
    }

    @Override
    public void restoreBatch(Collection<ConsumerRecord<byte[], byte[]>> records) {
        apply.accept(records.stream().map(WalRecords::of).toList());
    }
}
