package io.tidemark.archiver.archive;

import io.tidemark.archiver.segment.DamagedSegmentException;
import io.tidemark.archiver.segment.SegmentName;
import io.tidemark.archiver.segment.SegmentReader;
import io.tidemark.archiver.segment.Sha256;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.WalRecord;
import java.util.Optional;

/**
 * The end of a shard's archive, where the chain is to be continued.
 *
 * @param next what the next segment begins with
 * @param previous what it names as its predecessor
 * @param last the record before {@code next}; empty if nothing has been archived
 */
record Tail(Lsn next, Sha256 previous, Optional<WalRecord> last) {
    /**
     * Finds it in the bucket. The last segment is read completely, and the one before it must be the one that it names.
     *
     * @throws DamagedSegmentException if one of the two is damaged, or the one before the last is missing
     */
    static Tail find(Archive archive, ShardId shard) {
        Optional<SegmentName> name = archive.floor(shard, new Lsn(Long.MAX_VALUE));
        if (name.isEmpty()) {
            return new Tail(Lsn.FIRST, Sha256.ZERO, Optional.empty());
        }
        SegmentReader segment = archive.read(name.get());
        requirePredecessor(archive, segment);
        return new Tail(segment.header().next(), segment.sha256(), Optional.of(lastRecord(segment)));
    }

    private static WalRecord lastRecord(SegmentReader segment) {
        Optional<WalRecord> last = Optional.empty();
        for (WalRecord each : segment) {
            last = Optional.of(each);
        }
        return last.orElseThrow();
    }

    private static void requirePredecessor(Archive archive, SegmentReader segment) {
        Lsn first = segment.header().first();
        if (first.equals(Lsn.FIRST)) {
            return;
        }
        String key = segment.name().key();
        SegmentReader before = archive.floor(segment.header().shard(), new Lsn(first.offset() - 1))
                .map(archive::read)
                .orElseThrow(() -> new DamagedSegmentException(key, "there is no segment before it"));
        if (!before.header().next().equals(first)) {
            throw new DamagedSegmentException(
                    key,
                    "the segment before it, " + before.name() + ", ends before LSN "
                            + before.header().next());
        }
        if (!before.sha256().equals(segment.header().previous())) {
            throw new DamagedSegmentException(
                    key,
                    "it continues a segment with hash " + segment.header().previous() + ", but " + before.name()
                            + " has hash " + before.sha256());
        }
    }
}
