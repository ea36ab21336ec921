package io.tidemark.archiver.archive;

import io.tidemark.archiver.segment.Segment;
import io.tidemark.archiver.segment.SegmentReader;
import io.tidemark.archiver.segment.SegmentWriter;
import io.tidemark.log.LogReader;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.schema.wire.WalRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Reads the log into segments. A segment is cut by size, by age, and right after a VERIFY barrier. For one thread, {@link
 * #wakeup} excepted; holds one segment and what one poll gave.
 */
final class SegmentFiller implements AutoCloseable {
    /** A poll that waits for the first record of a segment. */
    private static final Duration MAX_POLL = Duration.ofSeconds(5);
    /** Records before compression: bounds what a reader of the segment has to go through. */
    private static final long MAX_UNCOMPRESSED_BYTES = 128L << 20;

    private final ShardId shard;
    private final LogReader reader;
    private final ArchiverSettings settings;
    private final InstantSource clock;
    private final Deque<WalRecord> polled = new ArrayDeque<>();
    private Optional<WalRecord> archived;
    private SegmentWriter writer;
    private Instant openedAt = Instant.EPOCH;
    private long uncheckedRecords;

    /**
     * @param reader positioned at the tail's end, or at its last record; owned by this object from then on
     */
    SegmentFiller(ShardId shard, Tail tail, LogReader reader, ArchiverSettings settings, InstantSource clock) {
        this.shard = shard;
        this.reader = reader;
        this.settings = settings;
        this.clock = clock;
        this.archived = tail.last().filter(last -> last.lsn().equals(reader.position()));
        this.writer = new SegmentWriter(shard, tail.next(), tail.previous());
    }

    /**
     * Waits for records, but not beyond the age at which the segment is to be cut.
     *
     * @return the segment if it is time to cut it; then call {@link #follow} before the next call
     * @throws LogMismatchException if the log does not continue what has been archived
     * @throws io.tidemark.log.LogException if it cannot be read; nothing is lost, call again
     */
    Optional<Filled> fill() {
        if (polled.isEmpty()) {
            polled.addAll(reader.poll(pollTimeout()));
        }
        while (!polled.isEmpty()) {
            WalRecord next = polled.poll();
            if (archived.isPresent()) {
                requireArchived(next);
                continue;
            }
            append(next);
            if (writer.sizeBytes() >= settings.segmentSizeBytes()
                    || writer.uncompressedBytes() >= MAX_UNCOMPRESSED_BYTES
                    || WalCodec.isVerifyBarrier(next)) {
                return Optional.of(cut());
            }
        }
        return !writer.isEmpty() && ageLeft().isNegative() ? Optional.of(cut()) : Optional.empty();
    }

    /** The segment that was given has become part of the archive: the next one continues it. */
    void follow(Segment stored) {
        writer = new SegmentWriter(shard, stored.header().next(), stored.sha256());
        uncheckedRecords = 0;
    }

    /** Makes {@link #fill} return. From any thread. */
    void wakeup() {
        reader.wakeup();
    }

    @Override
    public void close() {
        reader.close();
    }

    /**
     * A segment to be stored.
     *
     * @param uncheckedRecords those without a checksum, or with a wrong one: other producers may write anything
     */
    record Filled(Segment segment, long uncheckedRecords) {}

    private Duration pollTimeout() {
        if (writer.isEmpty()) {
            return MAX_POLL;
        }
        Duration left = ageLeft();
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(MAX_POLL) < 0 ? left.plusMillis(1) : MAX_POLL;
    }

    private Duration ageLeft() {
        return Duration.between(clock.instant(), openedAt.plus(settings.segmentAge()));
    }

    private void requireArchived(WalRecord logged) {
        WalRecord expected = archived.orElseThrow();
        archived = Optional.empty();
        if (!logged.equals(expected)) {
            throw new LogMismatchException("record " + expected.lsn() + " of shard " + shard
                    + " is another one in the log than in the archive: they do not belong together. Give this cluster a bucket"
                    + " or a prefix of its own");
        }
    }

    private void append(WalRecord next) {
        if (!next.shard().equals(shard) || !next.lsn().equals(writer.next())) {
            throw new LogMismatchException("the log gave record " + next.lsn() + " of shard " + next.shard()
                    + " where record " + writer.next() + " of shard " + shard + " is expected");
        }
        if (writer.isEmpty()) {
            openedAt = clock.instant();
        }
        writer.append(next);
        if (!WalCodec.checksumMatches(next)) {
            uncheckedRecords++;
        }
    }

    /** Reads what is to be stored once more, so that no fault of this process's own gets into the archive. */
    private Filled cut() {
        Lsn next = writer.next();
        Segment segment = writer.finish();
        SegmentReader check = SegmentReader.open(segment.name().key(), segment.content());
        long unchecked = 0;
        for (WalRecord each : check) {
            if (!WalCodec.checksumMatches(each)) {
                unchecked++;
            }
        }
        if (!check.header().next().equals(next) || unchecked != uncheckedRecords) {
            throw new IllegalStateException("segment " + segment.name()
                    + " does not hold the records that went into it: "
                    + unchecked + " without a valid checksum instead of " + uncheckedRecords + ", ends before LSN "
                    + check.header().next() + " instead of " + next + ". Check this machine's memory");
        }
        return new Filled(segment, unchecked);
    }
}
