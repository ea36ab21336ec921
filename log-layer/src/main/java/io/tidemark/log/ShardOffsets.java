package io.tidemark.log;

import static java.util.Objects.requireNonNull;

import io.tidemark.log.LogException.Kind;
import io.tidemark.schema.Lsn;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DeletedRecords;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;

/** Start, end and trim of one shard in Kafka. Thread-safe. */
final class ShardOffsets {
    private final Admin admin;
    private final TopicPartition partition;
    private final NextCall<Lsn> start;
    private final NextCall<Lsn> end;
    private volatile boolean closed;

    ShardOffsets(Admin admin, TopicPartition partition) {
        this.admin = admin;
        this.partition = partition;
        this.start = new NextCall<>(action("find the start of"), () -> look(OffsetSpec.earliest()));
        this.end = new NextCall<>(action("find the end of"), () -> look(OffsetSpec.latest()));
    }

    CompletionStage<Lsn> start() {
        return start.join();
    }

    /** The high watermark: never below the LSN after an append that was acknowledged before the fetch began. */
    CompletionStage<Lsn> end() {
        return end.join();
    }

    CompletionStage<Lsn> trim(Lsn before) {
        String action = action("trim");
        if (closed) {
            return CompletableFuture.failedStage(KafkaErrors.closed(action));
        }
        KafkaFuture<DeletedRecords> trimmed =
                requireNonNull(admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(before.offset())))
                        .lowWatermarks()
                        .get(partition));
        return trimmed.toCompletionStage().handle((deleted, failure) -> {
            if (failure == null) {
                return new Lsn(deleted.lowWatermark());
            }
            if (KafkaErrors.unwrap(failure) instanceof OffsetOutOfRangeException) {
                throw new LogException(
                        Kind.BEYOND_END, action + " before " + before + ": that is after its end", failure);
            }
            throw failed(action, failure);
        });
    }

    void close() {
        closed = true;
    }

    private CompletionStage<Lsn> look(OffsetSpec spec) {
        String action = action("look up");
        if (closed) {
            return CompletableFuture.failedStage(KafkaErrors.closed(action));
        }
        return admin.listOffsets(Map.of(partition, spec))
                .partitionResult(partition)
                .toCompletionStage()
                .handle((found, failure) -> {
                    if (failure != null) {
                        throw failed(action, failure);
                    }
                    return new Lsn(found.offset());
                });
    }

    private LogException failed(String action, Throwable failure) {
        return closed ? KafkaErrors.closed(action) : KafkaErrors.toLogException(action, failure);
    }

    private String action(String verb) {
        return verb + " " + partition.topic() + " shard " + partition.partition();
    }
}
