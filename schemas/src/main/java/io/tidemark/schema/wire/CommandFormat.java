package io.tidemark.schema.wire;

import io.tidemark.schema.RequestId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.command.BarrierKind;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.command.ReturnValues;
import io.tidemark.schema.command.SourceMark;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import java.util.Optional;

/** Envelopes and commands by the schema {@code envelope.avsc}. */
final class CommandFormat {
    private static final int PUT_ITEM = 0;
    private static final int DELETE_ITEM = 1;
    private static final int UPDATE_ITEM = 2;
    private static final int OPEN_PARTITION = 3;
    private static final int CLOSE_TABLE = 4;
    private static final int PURGE_TABLE = 5;
    private static final int BARRIER = 6;
    private static final int BRANCHES = 7;

    private static final ReturnValues[] RETURN_VALUES = ReturnValues.values();
    private static final KeyType[] KEY_TYPES = KeyType.values();
    private static final BarrierKind[] BARRIER_KINDS = BarrierKind.values();

    private CommandFormat() {}

    static void writeEnvelope(WireWriter writer, Envelope envelope) {
        writer.writeInt(envelope.semanticsVersion());
        writer.writeFixed(envelope.requestId().toBytes());
        ValueFormat.writeOptional(writer, envelope.source(), CommandFormat::writeSource);
        writeCommand(writer, envelope.command());
    }

    /** @param version the semantics version that the record's header says; an envelope that says another is refused */
    static Envelope readEnvelope(WireReader reader, int version) throws UndecodableException {
        int semanticsVersion = reader.readInt();
        if (semanticsVersion != version) {
            throw new UndecodableException("semantics header says " + version + ", envelope says " + semanticsVersion);
        }
        RequestId requestId = RequestId.fromBytes(reader.readFixed(RequestId.SIZE_BYTES));
        Optional<SourceMark> source = ValueFormat.readOptional(reader, CommandFormat::readSource);
        return new Envelope(semanticsVersion, requestId, source, readCommand(reader));
    }

    private static void writeSource(WireWriter writer, SourceMark source) {
        writer.writeInt(source.bindingId());
        writer.writeInt(source.partition());
        writer.writeLong(source.offset());
        writer.writeLong(source.previousOffset());
    }

    private static SourceMark readSource(WireReader reader) throws UndecodableException {
        return new SourceMark(reader.readInt(), reader.readInt(), reader.readLong(), reader.readLong());
    }

    private static void writeCommand(WireWriter writer, Command command) {
        switch (command) {
            case Command.PutItem put -> {
                writeTable(writer, PUT_ITEM, put.tableId());
                ValueFormat.writeItem(writer, put.item());
                writeOptions(writer, put);
            }
            case Command.DeleteItem delete -> {
                writeTable(writer, DELETE_ITEM, delete.tableId());
                ValueFormat.writeKey(writer, delete.key());
                writeOptions(writer, delete);
            }
            case Command.UpdateItem update -> {
                writeTable(writer, UPDATE_ITEM, update.tableId());
                ValueFormat.writeKey(writer, update.key());
                UpdateFormat.write(writer, update.update());
                writeOptions(writer, update);
            }
            case Command.OpenPartition open -> {
                writeTable(writer, OPEN_PARTITION, open.tableId());
                writeKeySchema(writer, open.keySchema());
                writer.writeLong(open.range().start());
                writer.writeLong(open.range().end());
            }
            case Command.CloseTable close -> writeTable(writer, CLOSE_TABLE, close.tableId());
            case Command.PurgeTable purge -> {
                writeTable(writer, PURGE_TABLE, purge.tableId());
                writer.writeInt(purge.maxItems());
            }
            case Command.Barrier barrier -> {
                writer.writeInt(BARRIER);
                writer.writeEnum(barrier.kind());
            }
        }
    }

    private static Command readCommand(WireReader reader) throws UndecodableException {
        return switch (reader.readIndex(BRANCHES, "kind of command")) {
            case PUT_ITEM ->
                new Command.PutItem(
                        readTable(reader),
                        ValueFormat.readItem(reader),
                        readCondition(reader),
                        readReturnValues(reader),
                        reader.readBoolean());
            case DELETE_ITEM ->
                new Command.DeleteItem(
                        readTable(reader),
                        ValueFormat.readKey(reader),
                        readCondition(reader),
                        readReturnValues(reader),
                        reader.readBoolean());
            case UPDATE_ITEM ->
                new Command.UpdateItem(
                        readTable(reader),
                        ValueFormat.readKey(reader),
                        UpdateFormat.read(reader),
                        readCondition(reader),
                        readReturnValues(reader),
                        reader.readBoolean());
            case OPEN_PARTITION ->
                new Command.OpenPartition(
                        readTable(reader), readKeySchema(reader), new HashRange(reader.readLong(), reader.readLong()));
            case CLOSE_TABLE -> new Command.CloseTable(readTable(reader));
            case PURGE_TABLE -> new Command.PurgeTable(readTable(reader), reader.readInt());
            case BARRIER -> new Command.Barrier(reader.readEnum(BARRIER_KINDS, "kind of barrier"));
            default -> throw new UndecodableException("unknown kind of command");
        };
    }

    private static void writeTable(WireWriter writer, int branch, TableId tableId) {
        writer.writeInt(branch);
        writer.writeInt(tableId.value());
    }

    private static TableId readTable(WireReader reader) throws UndecodableException {
        return new TableId(reader.readInt());
    }

    private static void writeOptions(WireWriter writer, Command.ItemCommand command) {
        ValueFormat.writeOptional(writer, command.condition(), ExpressionFormat::writeCondition);
        writer.writeEnum(command.returnValues());
        writer.writeBoolean(command.returnOldOnConditionFailure());
    }

    private static Optional<Condition> readCondition(WireReader reader) throws UndecodableException {
        return ValueFormat.readOptional(reader, ExpressionFormat::readCondition);
    }

    private static ReturnValues readReturnValues(WireReader reader) throws UndecodableException {
        return reader.readEnum(RETURN_VALUES, "return values");
    }

    static void writeKeySchema(WireWriter writer, KeySchema keySchema) {
        writeKeyAttribute(writer, keySchema.partitionKey());
        ValueFormat.writeOptional(writer, keySchema.sortKey(), CommandFormat::writeKeyAttribute);
    }

    static KeySchema readKeySchema(WireReader reader) throws UndecodableException {
        KeyAttribute partitionKey = readKeyAttribute(reader);
        return new KeySchema(partitionKey, ValueFormat.readOptional(reader, CommandFormat::readKeyAttribute));
    }

    private static void writeKeyAttribute(WireWriter writer, KeyAttribute attribute) {
        writer.writeString(attribute.name());
        writer.writeEnum(attribute.type());
    }

    private static KeyAttribute readKeyAttribute(WireReader reader) throws UndecodableException {
        return new KeyAttribute(reader.readString(), reader.readEnum(KEY_TYPES, "key type"));
    }
}
