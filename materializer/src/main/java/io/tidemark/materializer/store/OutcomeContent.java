package io.tidemark.materializer.store;

import io.tidemark.materializer.core.OutcomeSize;
import io.tidemark.materializer.core.RememberedOutcome;
import io.tidemark.materializer.core.RememberedOutcome.Mark;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.wire.OutcomeCodec;
import io.tidemark.schema.wire.UndecodableException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A remembered outcome at rest, under its LSN: {@code request id (16) · log time (8) · outcome}. */
final class OutcomeContent {
    private static final int MARK_BYTES = RequestId.SIZE_BYTES + Long.BYTES;

    private OutcomeContent() {}

    static byte[] encode(RememberedOutcome remembered) {
        byte[] outcome = OutcomeCodec.encode(remembered.outcome());
        Mark mark = remembered.mark();
        return ByteBuffer.allocate(MARK_BYTES + outcome.length)
                .putLong(mark.requestId().high())
                .putLong(mark.requestId().low())
                .putLong(mark.logTimeMs())
                .put(outcome)
                .array();
    }

    static Mark mark(Lsn lsn, byte[] content) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        RequestId requestId = new RequestId(buffer.getLong(), buffer.getLong());
        return new Mark(lsn, buffer.getLong(), requestId, OutcomeSize.bytes(outcome(content)));
    }

    static Outcome outcome(byte[] content) {
        try {
            return OutcomeCodec.decode(Arrays.copyOfRange(content, MARK_BYTES, content.length));
        } catch (UndecodableException e) {
            throw new IllegalStateException("an outcome with a valid checksum cannot be decoded: a bug", e);
        }
    }
}
