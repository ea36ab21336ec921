package io.tidemark.verifier.reference;

import io.tidemark.archiver.archive.Archive;
import io.tidemark.archiver.segment.DamagedSegmentException;
import io.tidemark.archiver.segment.SegmentHeader;
import io.tidemark.archiver.segment.SegmentName;
import io.tidemark.archiver.segment.SegmentReader;
import io.tidemark.archiver.segment.Sha256;
import io.tidemark.schema.Lsn;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;

/**
 * Walks along one shard's chain of segments up to an LSN, checks every bit of them, and takes the reference replica along.
 * Waits for segments that the archiver has not written yet. Used once, by one thread.
 */
public final class ArchiveWalk {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    /** Is told how the walk goes on. */
    public interface Progress {
        /** Everything before it is checked. */
        void checked(Lsn end);

        /** The archive ends here so far. */
        void waiting(Lsn end);
    }

    /**
     * What the walk came across.
     *
     * @param reached everything before it is checked, and applied to the reference
     */
    public record Result(Lsn from, Lsn reached, long segments, long records, long bytes, long replayedRecords) {}

    /** The archive's segments are not those that the reference replica was built from. */
    public static final class OtherHistoryException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OtherHistoryException(String message) {
            super(message);
        }
    }

    private final Archive archive;
    private final ReferenceReplica reference;
    private final Lsn end;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final Progress progress;

    private Lsn from = Lsn.FIRST;
    private Lsn reached = Lsn.FIRST;
    private long segments;
    private long records;
    private long bytes;
    private long replayed;

    /**
     * @param end where the walk ends; the segment that holds the LSN before is checked as a whole
     * @param patience how long is waited for segments in all
     * @param nanoTime monotonic, as {@link System#nanoTime}
     */
    public ArchiveWalk(
            Archive archive,
            ReferenceReplica reference,
            Lsn end,
            Duration patience,
            LongSupplier nanoTime,
            Progress progress) {
        this.archive = archive;
        this.reference = reference;
        this.end = end;
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.progress = progress;
    }

    /**
     * Checks every segment from the shard's first one.
     *
     * @return {@link Result#reached} is before the end if the archive did not get there in time
     * @throws DamagedSegmentException if a segment is damaged or missing
     * @throws OtherHistoryException if the chain is sound, but not the one that the reference was built from
     * @throws io.tidemark.archiver.object.ObjectStoreException if the store does not answer
     */
    public Result fromFirst() {
        from = Lsn.FIRST;
        return walk(Sha256.ZERO);
    }

    /** As {@link #fromFirst}, but checks only the segments after the last one that the reference has applied. */
    public Result fromReference() {
        from = reference.chainEnd();
        return walk(reference.chainHash());
    }

    /** What was done until now, also of a walk that has failed. */
    public Result soFar() {
        return new Result(from, reached, segments, records, bytes, replayed);
    }

    private Result walk(Sha256 previous) {
        reached = from;
        requireReferenceNotBeyond();
        long deadline = nanoTime.getAsLong() + patience.toNanos();
        try (Prefetch chain = new Prefetch(archive.chain(reference.shard(), from, previous))) {
            while (chain.position().isBefore(end)) {
                Optional<SegmentReader> segment = chain.next();
                if (segment.isPresent()) {
                    check(segment.get());
                    reached = chain.position();
                    progress.checked(reached);
                } else {
                    requireNothingGone();
                    progress.waiting(reached);
                    if (nanoTime.getAsLong() - deadline >= 0) {
                        break;
                    }
                    pause();
                }
            }
        }
        return soFar();
    }

    private void check(SegmentReader segment) {
        SegmentHeader header = segment.header();
        requireSameHistory(segment);
        if (header.next().isAfter(reference.nextLsn()) && reference.nextLsn().isBefore(end)) {
            replay(segment);
        } else {
            segment.verifyRecords();
        }
        segments++;
        records += header.recordCount();
        bytes += segment.sizeBytes();
    }

    private void replay(SegmentReader segment) {
        try {
            replayed += reference.apply(segment, end);
        } catch (DamagedSegmentException e) {
            reference.discard("it had begun to apply a damaged segment: " + e.getMessage());
            throw e;
        }
    }

    private void requireSameHistory(SegmentReader segment) {
        SegmentHeader header = segment.header();
        Lsn chainEnd = reference.chainEnd();
        if (!header.first().isBefore(chainEnd) || header.next().isBefore(chainEnd)) {
            return;
        }
        boolean same = header.next().equals(chainEnd) && segment.sha256().equals(reference.chainHash());
        if (!same) {
            throw new OtherHistoryException("the reference was built from a segment that ends before LSN " + chainEnd
                    + " with hash " + reference.chainHash() + ", the archive has " + segment.name()
                    + ", which ends before LSN " + header.next() + ", with hash " + segment.sha256());
        }
    }

    private void requireReferenceNotBeyond() {
        if (reference.nextLsn().isAfter(end)) {
            throw new OtherHistoryException("the reference has applied LSNs up to " + reference.nextLsn()
                    + ", the log had not got to there when its end was at " + end);
        }
    }

    /** The chain ends here, although it once went on: the reference has applied what followed. */
    private void requireNothingGone() {
        if (reached.isBefore(reference.chainEnd())) {
            throw new DamagedSegmentException(
                    new SegmentName(reference.shard(), reached).key(),
                    "the archive ends here, but had segments up to LSN " + reference.chainEnd()
                            + " before. If the bucket now belongs to another cluster, delete " + reference.directory());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_INTERVAL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for the archive");
        }
    }
}
