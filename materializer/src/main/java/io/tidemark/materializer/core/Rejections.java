package io.tidemark.materializer.core;

import io.tidemark.schema.TableId;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.command.RejectReason;
import io.tidemark.schema.expression.Condition;

/**
 * The rejected outcomes. Their texts are part of the state that replicas compare: they say nothing that could differ between
 * two replicas, such as a library's message, and are short.
 */
final class Rejections {
    private Rejections() {}

    static Outcome.Rejected checksumMissing() {
        return new Outcome.Rejected(RejectReason.CHECKSUM_MISMATCH, "the record has no CRC32C header of 4 bytes");
    }

    static Outcome.Rejected checksumMismatch() {
        return new Outcome.Rejected(RejectReason.CHECKSUM_MISMATCH, "the CRC32C header does not match key and value");
    }

    static Outcome.Rejected undecodable() {
        return new Outcome.Rejected(RejectReason.UNDECODABLE, "the value is no envelope of a known schema");
    }

    static Outcome.Rejected expressionTooLarge() {
        return new Outcome.Rejected(
                RejectReason.UNDECODABLE,
                "an expression has more than " + ExpressionLimits.MAX_NODES + " nodes or is deeper than "
                        + Condition.MAX_DEPTH);
    }

    static Outcome.Rejected requestIdMismatch() {
        return new Outcome.Rejected(
                RejectReason.KEY_MISMATCH, "the request id header is missing or differs from the envelope's");
    }

    static Outcome.Rejected recordKeyMismatch() {
        return new Outcome.Rejected(
                RejectReason.KEY_MISMATCH, "the record key is not the key of what the command changes");
    }

    static Outcome.Rejected unknownTable(TableId tableId) {
        return new Outcome.Rejected(RejectReason.UNKNOWN_TABLE, "this shard has no table " + tableId);
    }

    static Outcome.Rejected closedTable(TableId tableId) {
        return new Outcome.Rejected(RejectReason.UNKNOWN_TABLE, "table " + tableId + " is closed");
    }

    static Outcome.Rejected wrongRange(TableId tableId, int keyHash) {
        return new Outcome.Rejected(
                RejectReason.WRONG_RANGE,
                "this shard does not own key hash " + Integer.toHexString(keyHash) + " of table " + tableId);
    }

    static Outcome.Rejected sourceGap(long previousOffset, long lastOffset) {
        return new Outcome.Rejected(
                RejectReason.SOURCE_GAP,
                "the record follows offset " + previousOffset + ", the last one applied is " + lastOffset);
    }

    static Outcome.Rejected conflict(String detail) {
        return new Outcome.Rejected(RejectReason.CONFLICT, detail);
    }
}
