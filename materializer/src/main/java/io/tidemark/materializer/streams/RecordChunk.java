package io.tidemark.materializer.streams;

import io.tidemark.schema.wire.WalRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Collects the records that a running task is given one by one, as long as more are at hand, and hands them on together: a batch
 * costs half of what its records cost alone, and nobody waits, because a chunk is small and never waits for a record that has
 * not been polled. For the owner of the task.
 */
final class RecordChunk {
    /** Records at most, so that the first one's caller does not wait for a long batch. */
    static final int MAX_RECORDS = 128;

    private final Consumer<List<WalRecord>> apply;
    private List<WalRecord> records = new ArrayList<>(MAX_RECORDS);

    RecordChunk(Consumer<List<WalRecord>> apply) {
        this.apply = apply;
    }

    /** @param isFollowed whether the next record is at hand */
    void offer(WalRecord record, boolean isFollowed) {
        records.add(record);
        if (!isFollowed || records.size() >= MAX_RECORDS) {
            flush();
        }
    }

    /** Hands on what is collected. To be called whenever the next record may not come. */
    void flush() {
        if (!records.isEmpty()) {
            List<WalRecord> collected = records;
            records = new ArrayList<>(MAX_RECORDS);
            apply.accept(collected);
        }
    }

    /** Drops what is collected: the log gives it again. */
    void clear() {
        records.clear();
    }
}
