package io.tidemark.verifier.report;

import io.tidemark.schema.Lsn;
import io.tidemark.verifier.report.Verdict.Equal;
import java.time.Duration;
import java.util.Optional;

/**
 * What was found about one shard's segments.
 *
 * @param verdict equal if every segment that was to be checked is whole and continues the chain up to the barrier
 * @param checkedFrom the first LSN that was checked
 * @param checkedEnd everything before it was checked
 * @param segments how many objects were read and checked in every bit
 * @param records in those segments
 * @param bytes of those objects
 * @param replayedRecords applied to the reference replica this time
 * @param rebuilt why the reference replica was built anew from the first segment; absent if it was not
 * @param duration of reading, checking and replaying, with waiting for the archiver
 */
public record ArchiveReport(
        Verdict verdict,
        Lsn checkedFrom,
        Lsn checkedEnd,
        long segments,
        long records,
        long bytes,
        long replayedRecords,
        Optional<String> rebuilt,
        Duration duration) {
    /** Nothing could be looked at. */
    public static ArchiveReport of(Verdict verdict) {
        return new ArchiveReport(verdict, Lsn.FIRST, Lsn.FIRST, 0, 0, 0, 0, Optional.empty(), Duration.ZERO);
    }

    public ArchiveReport withDuration(Duration newDuration) {
        return new ArchiveReport(
                verdict, checkedFrom, checkedEnd, segments, records, bytes, replayedRecords, rebuilt, newDuration);
    }

    public ArchiveReport withVerdict(Verdict newVerdict) {
        return new ArchiveReport(
                newVerdict, checkedFrom, checkedEnd, segments, records, bytes, replayedRecords, rebuilt, duration);
    }

    public boolean isSound() {
        return verdict instanceof Equal;
    }
}
