package io.tidemark.launcher.roles;

import io.tidemark.archiver.archive.Archive;
import io.tidemark.archiver.archive.ArchiveReader;
import io.tidemark.archiver.object.ObjectStoreException;
import io.tidemark.archiver.segment.DamagedSegmentException;
import io.tidemark.materializer.store.StoreUnavailableException;
import io.tidemark.materializer.streams.TrimmedRecords;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.WalRecord;
import java.util.List;
import java.util.function.Consumer;

/** What the log no longer holds, from the archive's segments, each of which is checked in every bit before it is used. */
public record ArchivedRecords(Archive archive) implements TrimmedRecords {
    private static final int BATCH_RECORDS = 1_000;

    @Override
    public void read(ShardId shard, Lsn start, Lsn end, Consumer<List<WalRecord>> sink) {
        try {
            ArchiveReader reader = archive.reader(shard, start);
            List<WalRecord> records = reader.read(end, BATCH_RECORDS);
            while (!records.isEmpty()) {
                sink.accept(records);
                records = reader.read(end, BATCH_RECORDS);
            }
        } catch (ObjectStoreException | DamagedSegmentException e) {
            throw new StoreUnavailableException(
                    "records before the log's start are needed, from LSN " + start
                            + ", and the archive cannot give them: " + e.getMessage(),
                    e);
        }
    }
}
