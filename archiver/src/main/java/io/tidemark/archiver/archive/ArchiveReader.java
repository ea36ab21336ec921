package io.tidemark.archiver.archive;

import io.tidemark.archiver.segment.SegmentReader;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.wire.WalRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Reads one shard's records in order from the archive, as {@link io.tidemark.log.LogReader} does from the log. Not
 * thread-safe; holds one segment.
 */
public final class ArchiveReader {
    private final ChainReader chain;
    private Iterator<WalRecord> segment = Collections.emptyIterator();
    private Lsn position;

    ArchiveReader(ChainReader chain, Lsn from) {
        this.chain = chain;
        this.position = from;
    }

    /** The LSN that the next read starts at. */
    public Lsn position() {
        return position;
    }

    /** The chain that is being read; its position is the end of the segment that this reader is in. */
    public ChainReader chain() {
        return chain;
    }

    /**
     * The next records in order, without a hole. Fewer than {@code limit} at the end of a segment; empty if the position
     * is {@code end} or the archive goes no further so far.
     *
     * @param end not before the position
     * @throws io.tidemark.archiver.segment.DamagedSegmentException if a segment is damaged, missing or not the one that
     *     the chain names; this reader is of no use afterwards
     */
    public List<WalRecord> read(Lsn end, int limit) {
        if (end.isBefore(position)) {
            throw new IllegalArgumentException("end " + end + " is before the position, " + position);
        }
        List<WalRecord> records = new ArrayList<>();
        if (!end.equals(position) && enterSegment()) {
            while (records.size() < limit && position.isBefore(end) && segment.hasNext()) {
                records.add(segment.next());
                position = position.next();
            }
        }
        return records;
    }

    private boolean enterSegment() {
        while (!segment.hasNext()) {
            Optional<SegmentReader> next = chain.next();
            if (next.isEmpty()) {
                return false;
            }
            segment = from(next.get());
        }
        return true;
    }

    private Iterator<WalRecord> from(SegmentReader reader) {
        Iterator<WalRecord> records = reader.iterator();
        for (Lsn lsn = reader.header().first(); lsn.isBefore(position); lsn = lsn.next()) {
            records.next();
        }
        return records;
    }
}
