package io.tidemark.materializer.store;

import io.tidemark.schema.Lsn;
import java.nio.ByteBuffer;

/**
 * Where a replica stands, written with every batch.
 *
 * @param logTimeMs greatest record timestamp so far, milliseconds since the epoch
 * @param rejectedCount records ever rejected
 * @param outcomesStart outcomes before it are forgotten, though they may still lie at rest
 */
record Position(Lsn nextLsn, long logTimeMs, long itemCount, long rejectedCount, Lsn outcomesStart) {
    static final Position START = new Position(Lsn.FIRST, 0, 0, 0, Lsn.FIRST);

    private static final int SIZE_BYTES = 5 * Long.BYTES;

    Position {
        if (logTimeMs < 0 || itemCount < 0 || rejectedCount < 0 || outcomesStart.isAfter(nextLsn)) {
            throw new IllegalArgumentException("impossible position: next LSN " + nextLsn + ", log time " + logTimeMs
                    + ", items " + itemCount + ", rejected " + rejectedCount + ", outcomes from " + outcomesStart);
        }
    }

    byte[] encode() {
        return ByteBuffer.allocate(SIZE_BYTES)
                .putLong(nextLsn.offset())
                .putLong(logTimeMs)
                .putLong(itemCount)
                .putLong(rejectedCount)
                .putLong(outcomesStart.offset())
                .array();
    }

    static Position decode(byte[] content) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        return new Position(
                new Lsn(buffer.getLong()),
                buffer.getLong(),
                buffer.getLong(),
                buffer.getLong(),
                new Lsn(buffer.getLong()));
    }
}
