package io.tidemark.materializer.streams;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.WalRecord;
import java.util.List;
import java.util.function.Consumer;

/** Records that the log no longer holds, for replicas that still need them. Thread-safe. */
@FunctionalInterface
public interface TrimmedRecords {
    /** Where there is no other place than the log. */
    TrimmedRecords NONE = (shard, start, end, sink) -> {};

    /**
     * Hands on the shard's records in order, without a hole, beginning with {@code start}: as far as they are there, and none
     * from {@code end} on.
     *
     * @throws io.tidemark.materializer.store.StoreUnavailableException if they cannot be read now; it is tried again
     */
    void read(ShardId shard, Lsn start, Lsn end, Consumer<List<WalRecord>> sink);
}
