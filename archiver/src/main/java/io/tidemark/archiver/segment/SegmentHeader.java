package io.tidemark.archiver.segment;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;

/**
 * What a segment says of itself. A segment holds every LSN from {@code first} to {@code last}.
 *
 * @param minTimestampMs least log append time, milliseconds since the epoch; records need not be in the order of their times
 * @param maxTimestampMs greatest log append time
 * @param previous hash of the whole object that holds the LSN before {@code first}; {@link Sha256#ZERO} if first is 0
 * @param blocks hash of all bytes after the header except sync markers
 */
public record SegmentHeader(
        ShardId shard, Lsn first, Lsn last, long minTimestampMs, long maxTimestampMs, Sha256 previous, Sha256 blocks) {
    public SegmentHeader {
        if (last.offset() == Long.MAX_VALUE) {
            throw new IllegalArgumentException("no LSN can follow the last one, " + last);
        }
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("last LSN " + last + " is before first LSN " + first);
        }
        if (maxTimestampMs < minTimestampMs) {
            throw new IllegalArgumentException(
                    "greatest timestamp " + maxTimestampMs + " is before the least, " + minTimestampMs);
        }
        if (first.equals(Lsn.FIRST) != previous.equals(Sha256.ZERO)) {
            throw new IllegalArgumentException(
                    "a previous hash is named by every segment but a shard's first: first LSN " + first + ", previous "
                            + previous);
        }
    }

    public SegmentName name() {
        return new SegmentName(shard, first);
    }

    /** The LSN that the next segment starts at. */
    public Lsn next() {
        return last.next();
    }

    public long recordCount() {
        return last.offset() - first.offset() + 1;
    }
}
