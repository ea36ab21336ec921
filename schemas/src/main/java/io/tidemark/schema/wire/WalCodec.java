package io.tidemark.schema.wire;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.Semantics;
import io.tidemark.schema.command.BarrierKind;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.key.InvalidKeyException;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.InvalidValueException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * WAL records: the envelope as an Avro single-object encoding, with headers for the request id, the semantics version and a
 * CRC32C over key and value.
 *
 * <p>Arrays in a record may come in any blocks and maps and sets in any order, as other Avro writers make them; what is decoded
 * is the same value.
 *
 * <p>All replicas must agree on which records are rejected, whatever build they run. Hence the semantics header decides before
 * the schema does: a schema that an older build cannot read comes with a new semantics version, and its fingerprint is admitted
 * from that version on only.
 */
public final class WalCodec {
    private static final SingleObject FORMAT = new SingleObject(io.tidemark.schema.avro.Envelope.getClassSchema());
    /** Header 10, version 5, request id 16, source mark 31, command 2: longer records are no barrier. */
    private static final int MAX_BARRIER_BYTES = 64;

    private static final Bytes NO_TABLE = Bytes.wrap(new byte[Integer.BYTES]);

    private WalCodec() {}

    /**
     * @throws InvalidKeyException if the command's item has no admissible key
     * @throws InvalidValueException if a value is nested too deep
     * @throws IllegalArgumentException if the command is not about an item, or an expression is nested too deep
     */
    public static WalPayload encode(KeySchema keySchema, Envelope envelope) {
        if (!(envelope.command() instanceof Command.ItemCommand command)) {
            throw new IllegalArgumentException("not an item command: " + envelope.command());
        }
        return payload(itemKey(keySchema, command), envelope);
    }

    /** @throws IllegalArgumentException if the command is about an item */
    public static WalPayload encodeControl(Envelope envelope) {
        return payload(controlKey(envelope.command()), envelope);
    }

    /** The record key of an item command. */
    public static Bytes itemKey(KeySchema keySchema, Command.ItemCommand command) {
        PrimaryKey key = switch (command) {
            case Command.PutItem put -> KeyEncoding.primaryKeyOf(keySchema, put.item());
            case Command.DeleteItem delete -> delete.key();
            case Command.UpdateItem update -> update.key();
        };
        return KeyEncoding.encode(command.tableId(), keySchema, key).bytes();
    }

    /**
     * The record key of a control command: the table id (4 bytes, big-endian), 0 where there is no table.
     *
     * @throws IllegalArgumentException if the command is about an item
     */
    public static Bytes controlKey(Command command) {
        return switch (command) {
            case Command.OpenPartition open -> tableKey(open.tableId().value());
            case Command.CloseTable close -> tableKey(close.tableId().value());
            case Command.PurgeTable purge -> tableKey(purge.tableId().value());
            case Command.Barrier ignored -> NO_TABLE;
            case Command.ItemCommand item ->
                throw new IllegalArgumentException(
                        "an item command: " + item.getClass().getSimpleName());
        };
    }

    /**
     * Reads the value; neither checksum nor key are checked. The semantics header is read first, so that a newer version is
     * reported even where the schema is unknown.
     *
     * @throws UndecodableException if the value is no envelope of a known schema, or the semantics header is missing or
     *     differs from the envelope's version
     * @throws NewerSemanticsException if the record needs a newer build
     */
    public static Envelope decode(WalRecord record) throws UndecodableException {
        int version = semanticsVersion(record);
        if (version > Semantics.CURRENT_VERSION) {
            throw new NewerSemanticsException(version);
        }
        return decodeValue(record.value(), version);
    }

    /** Whether the checksum header is there and right. */
    public static boolean checksumMatches(WalRecord record) {
        Optional<Bytes> header = record.header(RecordHeader.CRC32C);
        return header.isPresent() && header.get().equals(checksum(record.key(), record.value()));
    }

    /** What the request id header says, which the envelope need not confirm; empty where there is none of the right size. */
    public static Optional<RequestId> requestId(WalRecord record) {
        return record.header(RecordHeader.REQUEST_ID)
                .filter(header -> header.length() == RequestId.SIZE_BYTES)
                .map(header -> RequestId.fromBytes(header.array()));
    }

    /** Whether the record is a sound barrier of kind {@link BarrierKind#VERIFY}; cheap for all other records. */
    public static boolean isVerifyBarrier(WalRecord record) {
        if (record.value().length() > MAX_BARRIER_BYTES || !record.key().equals(NO_TABLE)) {
            return false;
        }
        try {
            return decode(record).command() instanceof Command.Barrier barrier
                    && barrier.kind() == BarrierKind.VERIFY
                    && checksumMatches(record);
        } catch (UndecodableException | NewerSemanticsException e) {
            return false;
        }
    }

    private static Envelope decodeValue(Bytes value, int version) throws UndecodableException {
        try {
            WireReader reader = FORMAT.reader(value.array(), 0, value.length(), false);
            Envelope envelope = CommandFormat.readEnvelope(reader, version);
            reader.requireEnd();
            return envelope;
        } catch (InvalidValueException | IllegalArgumentException e) {
            throw new UndecodableException("not an envelope: " + e.getMessage(), e);
        }
    }

    private static WalPayload payload(Bytes key, Envelope envelope) {
        WireWriter writer = FORMAT.writer();
        CommandFormat.writeEnvelope(writer, envelope);
        Bytes value = Bytes.wrap(writer.toByteArray());
        return new WalPayload(
                key,
                value,
                List.of(
                        new RecordHeader(
                                RecordHeader.REQUEST_ID,
                                Bytes.wrap(envelope.requestId().toBytes())),
                        new RecordHeader(RecordHeader.SEMANTICS, intBytes(envelope.semanticsVersion())),
                        new RecordHeader(RecordHeader.CRC32C, checksum(key, value))));
    }

    private static int semanticsVersion(WalRecord record) throws UndecodableException {
        Optional<Bytes> header = record.header(RecordHeader.SEMANTICS);
        if (header.isEmpty() || header.get().length() != Integer.BYTES) {
            throw new UndecodableException("no header " + RecordHeader.SEMANTICS + " of " + Integer.BYTES + " bytes");
        }
        return ByteBuffer.wrap(header.get().array()).getInt();
    }

    static Bytes checksum(Bytes key, Bytes value) {
        CRC32C crc = new CRC32C();
        crc.update(key.array());
        crc.update(value.array());
        return intBytes((int) crc.getValue());
    }

    private static Bytes tableKey(int tableId) {
        return intBytes(tableId);
    }

    static Bytes intBytes(int value) {
        return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }
}
