package io.tidemark.archiver.archive;

import io.tidemark.archiver.object.ObjectStore;
import io.tidemark.archiver.object.ObjectStoreException;
import io.tidemark.archiver.object.ObjectStoreException.Kind;
import io.tidemark.archiver.segment.DamagedSegmentException;
import io.tidemark.archiver.segment.Segment;
import io.tidemark.archiver.segment.SegmentReader;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.wire.WalRecord;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;

/** Stores segments so that of several archivers of one log one wins, and the others follow. */
final class SegmentUploader {
    /** Reads of what has just been written, before the object is called damaged and not the connection. */
    private static final int MAX_READ_BACKS = 3;

    enum Result {
        /** The bucket holds this segment. */
        STORED,
        /** The bucket holds another archiver's segment, which is as good; this one is to be thrown away. */
        SUPERSEDED
    }

    private final ObjectStore store;

    SegmentUploader(ObjectStore store) {
        this.store = store;
    }

    /**
     * May be repeated after every failure.
     *
     * @throws ObjectStoreException if the store does not answer as it should
     * @throws DamagedSegmentException if the bucket now holds something else under the segment's key that does not
     *     continue the same chain
     * @throws LogMismatchException if it holds records of another log
     */
    Result upload(Segment segment) {
        String key = segment.name().key();
        boolean written = store.putIfAbsent(key, segment.content());
        Bytes there = readBack(key, segment.content(), written ? MAX_READ_BACKS : 1);
        if (there.equals(segment.content())) {
            return Result.STORED;
        }
        if (written) {
            int mismatch = Arrays.mismatch(segment.content().array(), there.array());
            throw new DamagedSegmentException(
                    key,
                    "what was read back after writing it differs from byte " + mismatch + " on; delete the object");
        }
        requireSameChain(segment, SegmentReader.open(key, there));
        return Result.SUPERSEDED;
    }

    private Bytes readBack(String key, Bytes expected, int attempts) {
        Optional<Bytes> there = store.get(key);
        for (int attempt = 1; attempt < attempts && !there.equals(Optional.of(expected)); attempt++) {
            there = store.get(key);
        }
        return there.orElseThrow(() -> new ObjectStoreException(
                Kind.UNAVAILABLE, "the store says that " + key + " is written, and does not have it"));
    }

    /** As far as both go, the other archiver read the same records; so it continues the same log. */
    private static void requireSameChain(Segment ours, SegmentReader theirs) {
        if (!theirs.header().previous().equals(ours.header().previous())) {
            throw new DamagedSegmentException(
                    theirs.name().key(),
                    "it continues a segment with hash " + theirs.header().previous() + ", the one before it has hash "
                            + ours.header().previous());
        }
        Iterator<WalRecord> ourRecords =
                SegmentReader.open(ours.name().key(), ours.content()).iterator();
        for (WalRecord their : theirs) {
            if (ourRecords.hasNext() && !ourRecords.next().equals(their)) {
                throw new LogMismatchException("record " + their.lsn() + " of shard " + their.shard()
                        + " is another one in the log than in " + theirs.name()
                        + ": another cluster writes to this bucket. Give each cluster a bucket or a prefix of its own");
            }
        }
    }
}
