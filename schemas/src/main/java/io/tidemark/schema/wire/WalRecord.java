package io.tidemark.schema.wire;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import java.util.List;
import java.util.Optional;

/**
 * A record of the write-ahead log as it was read. Nothing is known of its content: any producer with access to the topic
 * may have written it, so key and value may be empty and headers missing.
 *
 * @param timestampMs log append time, milliseconds since the epoch; may step back from record to record
 */
public record WalRecord(ShardId shard, Lsn lsn, long timestampMs, Bytes key, Bytes value, List<RecordHeader> headers) {
    public WalRecord {
        headers = List.copyOf(headers);
    }

    /** The last header of that name, as Kafka's own {@code lastHeader}. */
    public Optional<Bytes> header(String name) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            if (headers.get(i).key().equals(name)) {
                return Optional.of(headers.get(i).value());
            }
        }
        return Optional.empty();
    }
}
