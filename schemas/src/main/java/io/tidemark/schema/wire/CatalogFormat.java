package io.tidemark.schema.wire;

import io.tidemark.schema.RequestId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.catalog.BindingSpec;
import io.tidemark.schema.catalog.CatalogCommand;
import io.tidemark.schema.catalog.CatalogEnvelope;
import io.tidemark.schema.catalog.SourceFormat;
import io.tidemark.schema.catalog.SourceKey;
import io.tidemark.schema.key.KeySchema;

/** Catalog envelopes and commands of version 1 by the schema {@code catalog-record.avsc}. */
final class CatalogFormat {
    private static final int CREATE_TABLE = 0;
    private static final int TABLE_OPENED = 1;
    private static final int DELETE_TABLE = 2;
    private static final int TABLE_REMOVED = 3;
    private static final int BIND_SOURCE = 4;
    private static final int UNBIND_SOURCE = 5;
    private static final int BARRIER = 6;
    private static final int BRANCHES = 7;

    private static final int JSON_FORMAT = 0;
    private static final int AVRO_FORMAT = 1;
    private static final int RECORD_KEY = 0;
    private static final int FIELDS_KEY = 1;

    private CatalogFormat() {}

    static void writeEnvelope(WireWriter writer, CatalogEnvelope envelope) {
        writer.writeInt(envelope.semanticsVersion());
        writer.writeFixed(envelope.requestId().toBytes());
        writeCommand(writer, envelope.command());
    }

    static CatalogEnvelope readEnvelope(WireReader reader) throws UndecodableException {
        int semanticsVersion = reader.readInt();
        RequestId requestId = RequestId.fromBytes(reader.readFixed(RequestId.SIZE_BYTES));
        return new CatalogEnvelope(semanticsVersion, requestId, readCommand(reader));
    }

    private static void writeCommand(WireWriter writer, CatalogCommand command) {
        switch (command) {
            case CatalogCommand.CreateTable create -> {
                writer.writeInt(CREATE_TABLE);
                writer.writeString(create.name());
                CommandFormat.writeKeySchema(writer, create.keySchema());
                writer.writeInt(create.partitions());
                writer.writeInt(create.shardCount());
            }
            case CatalogCommand.ChangeTable change ->
                throw new IllegalStateException("version 1 has no encoding for " + change);
            case CatalogCommand.TableOpened opened -> {
                writer.writeInt(TABLE_OPENED);
                writer.writeInt(opened.tableId().value());
            }
            case CatalogCommand.DeleteTable delete -> {
                writer.writeInt(DELETE_TABLE);
                writer.writeString(delete.name());
            }
            case CatalogCommand.TableRemoved removed -> {
                writer.writeInt(TABLE_REMOVED);
                writer.writeInt(removed.tableId().value());
            }
            case CatalogCommand.BindSource bind -> {
                writer.writeInt(BIND_SOURCE);
                writeBinding(writer, bind.spec());
            }
            case CatalogCommand.UnbindSource unbind -> {
                writer.writeInt(UNBIND_SOURCE);
                writer.writeInt(unbind.bindingId());
            }
            case CatalogCommand.Barrier() -> writer.writeInt(BARRIER);
        }
    }

    private static CatalogCommand readCommand(WireReader reader) throws UndecodableException {
        int branch = reader.readIndex(BRANCHES, "catalog command");
        return switch (branch) {
            case CREATE_TABLE -> {
                String name = reader.readString();
                KeySchema keySchema = CommandFormat.readKeySchema(reader);
                yield new CatalogCommand.CreateTable(name, keySchema, reader.readInt(), reader.readInt());
            }
            case TABLE_OPENED -> new CatalogCommand.TableOpened(new TableId(reader.readInt()));
            case DELETE_TABLE -> new CatalogCommand.DeleteTable(reader.readString());
            case TABLE_REMOVED -> new CatalogCommand.TableRemoved(new TableId(reader.readInt()));
            case BIND_SOURCE -> new CatalogCommand.BindSource(readBinding(reader));
            case UNBIND_SOURCE -> new CatalogCommand.UnbindSource(reader.readInt());
            case BARRIER -> new CatalogCommand.Barrier();
            default -> throw new IllegalStateException("branch " + branch);
        };
    }

    private static void writeBinding(WireWriter writer, BindingSpec spec) {
        writer.writeString(spec.topic());
        writer.writeString(spec.tableName());
        switch (spec.format()) {
            case SourceFormat.Json() -> writer.writeInt(JSON_FORMAT);
            case SourceFormat.Avro avro -> {
                writer.writeInt(AVRO_FORMAT);
                writer.writeString(avro.schema());
            }
        }
        switch (spec.key()) {
            case SourceKey.RecordKey() -> writer.writeInt(RECORD_KEY);
            case SourceKey.Fields fields -> {
                writer.writeInt(FIELDS_KEY);
                writer.writeString(fields.partition());
                ValueFormat.writeOptional(writer, fields.sort(), WireWriter::writeString);
            }
        }
    }

    private static BindingSpec readBinding(WireReader reader) throws UndecodableException {
        String topic = reader.readString();
        String tableName = reader.readString();
        SourceFormat format = reader.readIndex(2, "source format") == JSON_FORMAT
                ? SourceFormat.JSON
                : new SourceFormat.Avro(reader.readString());
        SourceKey key = reader.readIndex(2, "source key") == RECORD_KEY
                ? SourceKey.RECORD_KEY
                : new SourceKey.Fields(reader.readString(), ValueFormat.readOptional(reader, WireReader::readString));
        return new BindingSpec(topic, tableName, format, key);
    }
}
