package io.tidemark.schema.wire;

import io.tidemark.schema.command.InvalidReason;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.command.RejectReason;
import io.tidemark.schema.value.InvalidValueException;

/** Outcomes as Avro single-object encodings, canonically: equal outcomes have equal bytes. */
public final class OutcomeCodec {
    private static final int APPLIED = 0;
    private static final int CONDITION_FAILED = 1;
    private static final int INVALID = 2;
    private static final int REJECTED = 3;
    private static final int ALREADY_APPLIED = 4;
    private static final int ACKNOWLEDGED = 5;
    private static final int PURGED = 6;
    private static final int BARRIER_REACHED = 7;
    private static final int BRANCHES = 8;

    private static final SingleObject FORMAT = new SingleObject(io.tidemark.schema.avro.Outcome.getClassSchema());
    private static final InvalidReason[] INVALID_REASONS = InvalidReason.values();
    private static final RejectReason[] REJECT_REASONS = RejectReason.values();

    private OutcomeCodec() {}

    public static byte[] encode(Outcome outcome) {
        WireWriter writer = FORMAT.writer();
        write(writer, outcome);
        return writer.toByteArray();
    }

    /** @throws UndecodableException if the bytes are anything but what {@link #encode} gives */
    public static Outcome decode(byte[] bytes) throws UndecodableException {
        try {
            WireReader reader = FORMAT.reader(bytes, 0, bytes.length, true);
            Outcome outcome = read(reader);
            reader.requireEnd();
            return outcome;
        } catch (InvalidValueException | IllegalArgumentException e) {
            throw new UndecodableException("not an outcome: " + e.getMessage(), e);
        }
    }

    /** The body alone, as a part of another record. */
    static void write(WireWriter writer, Outcome outcome) {
        switch (outcome) {
            case Outcome.Applied applied -> {
                writer.writeInt(APPLIED);
                ValueFormat.writeOptional(writer, applied.attributes(), ValueFormat::writeItem);
                writer.writeInt(applied.oldSizeBytes());
                writer.writeInt(applied.newSizeBytes());
            }
            case Outcome.ConditionFailed failed -> {
                writer.writeInt(CONDITION_FAILED);
                ValueFormat.writeOptional(writer, failed.oldItem(), ValueFormat::writeItem);
                writer.writeInt(failed.oldSizeBytes());
            }
            case Outcome.Invalid invalid -> {
                writer.writeInt(INVALID);
                writer.writeEnum(invalid.reason());
                writer.writeString(invalid.detail());
            }
            case Outcome.Rejected rejected -> {
                writer.writeInt(REJECTED);
                writer.writeEnum(rejected.reason());
                writer.writeString(rejected.detail());
            }
            case Outcome.AlreadyApplied ignored -> writer.writeInt(ALREADY_APPLIED);
            case Outcome.Acknowledged ignored -> writer.writeInt(ACKNOWLEDGED);
            case Outcome.Purged purged -> {
                writer.writeInt(PURGED);
                writer.writeInt(purged.items());
                writer.writeBoolean(purged.more());
            }
            case Outcome.BarrierReached ignored -> writer.writeInt(BARRIER_REACHED);
        }
    }

    /** The body alone, as a part of another record. */
    static Outcome read(WireReader reader) throws UndecodableException {
        return switch (reader.readIndex(BRANCHES, "kind of outcome")) {
            case APPLIED ->
                new Outcome.Applied(
                        ValueFormat.readOptional(reader, ValueFormat::readItem), reader.readInt(), reader.readInt());
            case CONDITION_FAILED ->
                new Outcome.ConditionFailed(ValueFormat.readOptional(reader, ValueFormat::readItem), reader.readInt());
            case INVALID -> new Outcome.Invalid(reader.readEnum(INVALID_REASONS, "invalid reason"), readDetail(reader));
            case REJECTED -> new Outcome.Rejected(reader.readEnum(REJECT_REASONS, "reject reason"), readDetail(reader));
            case ALREADY_APPLIED -> new Outcome.AlreadyApplied();
            case ACKNOWLEDGED -> new Outcome.Acknowledged();
            case PURGED -> new Outcome.Purged(reader.readInt(), reader.readBoolean());
            case BARRIER_REACHED -> new Outcome.BarrierReached();
            default -> throw new UndecodableException("unknown kind of outcome");
        };
    }

    private static String readDetail(WireReader reader) throws UndecodableException {
        String detail = reader.readString();
        if (detail.length() > Outcome.MAX_DETAIL_CHARS) {
            throw new UndecodableException("detail of " + detail.length() + " characters");
        }
        return detail;
    }
}
