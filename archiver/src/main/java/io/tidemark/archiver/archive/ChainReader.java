package io.tidemark.archiver.archive;

import io.tidemark.archiver.segment.DamagedSegmentException;
import io.tidemark.archiver.segment.SegmentName;
import io.tidemark.archiver.segment.SegmentReader;
import io.tidemark.archiver.segment.Sha256;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import java.util.List;
import java.util.Optional;

/**
 * Follows one shard's segments. Each one is checked in every bit, begins where the one before ended, and names its
 * hash. Not thread-safe.
 */
public final class ChainReader {
    private final Archive archive;
    private final ShardId shard;
    private Lsn position;
    private Optional<Sha256> previous;
    private boolean located;

    /** @param previous hash of the segment that ends at {@code from}, if a chain is to be continued there */
    ChainReader(Archive archive, ShardId shard, Lsn from, Optional<Sha256> previous) {
        this.archive = archive;
        this.shard = shard;
        this.position = from;
        this.previous = previous;
        this.located = previous.isPresent();
    }

    public ShardId shard() {
        return shard;
    }

    /** What the next segment begins with, once a segment was given; before that, an LSN that it holds. */
    public Lsn position() {
        return position;
    }

    /** Hash of the segment given last: with {@link #position}, what it takes to continue this chain later. */
    public Optional<Sha256> previous() {
        return previous;
    }

    /**
     * The next segment, or empty if the archive goes no further so far. The first one may begin before the position that
     * this reader was opened with; what that segment names as its predecessor is not checked.
     *
     * @throws DamagedSegmentException if the next segment is damaged, is missing although later ones exist, or does not
     *     continue the chain; the reader stays where it was
     */
    public Optional<SegmentReader> next() {
        return located ? follow() : locate();
    }

    private Optional<SegmentReader> locate() {
        Optional<SegmentReader> segment = archive.floor(shard, position).map(archive::read);
        Lsn next = segment.map(found -> found.header().next()).orElse(Lsn.FIRST);
        if (next.isBefore(position)) {
            requireNothingBeyond(next, segment.map(SegmentReader::name));
            return Optional.empty();
        }
        located = true;
        if (segment.isPresent() && next.isAfter(position)) {
            return Optional.of(advance(segment.get()));
        }
        previous = segment.map(SegmentReader::sha256);
        return follow();
    }

    /** The archive does not reach the position: it may be that it has not got there yet, or that a part is missing. */
    private void requireNothingBeyond(Lsn next, Optional<SegmentName> last) {
        for (SegmentName later : archive.segments(shard, last, 1)) {
            if (!later.first().equals(next)) {
                throw missing(new SegmentName(shard, next), later);
            }
        }
    }

    private Optional<SegmentReader> follow() {
        SegmentName name = new SegmentName(shard, position);
        Optional<SegmentReader> segment = archive.find(name);
        if (segment.isEmpty()) {
            List<SegmentName> later = archive.segments(shard, Optional.of(name), 1);
            if (later.isEmpty()) {
                return Optional.empty();
            }
            // It may have been written since it was looked for.
            segment = archive.find(name);
            if (segment.isEmpty()) {
                throw missing(name, later.getFirst());
            }
        }
        Sha256 named = segment.get().header().previous();
        if (previous.isPresent() && !previous.get().equals(named)) {
            throw new DamagedSegmentException(
                    name.key(),
                    "it continues a segment with hash " + named + ", the one before it has hash " + previous.get());
        }
        return Optional.of(advance(segment.get()));
    }

    private SegmentReader advance(SegmentReader segment) {
        position = segment.header().next();
        previous = Optional.of(segment.sha256());
        return segment;
    }

    private static DamagedSegmentException missing(SegmentName name, SegmentName later) {
        return new DamagedSegmentException(
                name.key(), "there is no such object in the bucket, although " + later + " is there");
    }
}
