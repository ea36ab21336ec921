package io.tidemark.schema.wire;

import io.tidemark.schema.RequestId;
import io.tidemark.schema.catalog.Capacity;
import io.tidemark.schema.catalog.CatalogCommand;
import io.tidemark.schema.catalog.CatalogEnvelope;
import io.tidemark.schema.catalog.LimitChange;
import io.tidemark.schema.catalog.OnDemandLimits;
import io.tidemark.schema.catalog.TableChange;
import io.tidemark.schema.catalog.TableClass;
import io.tidemark.schema.catalog.Tags;
import io.tidemark.schema.key.KeySchema;
import java.util.Optional;

/** Catalog envelopes by the schema {@code catalog-record-v3.avsc}: what the older versions of the rules cannot say. */
final class CatalogFormatV3 {
    private static final int VERSION = 3;

    private static final int CREATE_TABLE = 0;
    private static final int CHANGE_TABLE = 1;
    private static final int COMMANDS = 2;

    private static final int SET_TABLE_CLASS = 0;
    private static final int SET_ON_DEMAND_LIMITS = 1;
    private static final int CHANGES = 2;

    private static final int KEEP = 0;
    private static final int REMOVE = 1;
    private static final int REPLACE = 2;
    private static final int LIMIT_CHANGES = 3;

    private CatalogFormatV3() {}

    static void writeEnvelope(WireWriter writer, CatalogEnvelope envelope) {
        writer.writeInt(envelope.semanticsVersion());
        writer.writeFixed(envelope.requestId().toBytes());
        switch (envelope.command()) {
            case CatalogCommand.CreateTable create -> writeCreate(writer, create);
            case CatalogCommand.ChangeTable change -> {
                writer.writeInt(CHANGE_TABLE);
                writer.writeString(change.name());
                writeChange(writer, change.change());
            }
            case CatalogCommand.TableOpened opened -> throw older(opened);
            case CatalogCommand.DeleteTable delete -> throw older(delete);
            case CatalogCommand.TableRemoved removed -> throw older(removed);
            case CatalogCommand.BindSource bind -> throw older(bind);
            case CatalogCommand.UnbindSource unbind -> throw older(unbind);
            case CatalogCommand.Barrier barrier -> throw older(barrier);
        }
    }

    static CatalogEnvelope readEnvelope(WireReader reader) throws UndecodableException {
        int semanticsVersion = reader.readInt();
        RequestId requestId = RequestId.fromBytes(reader.readFixed(RequestId.SIZE_BYTES));
        CatalogCommand command = reader.readIndex(COMMANDS, "catalog command") == CREATE_TABLE
                ? readCreate(reader)
                : new CatalogCommand.ChangeTable(reader.readString(), readChange(reader));
        if (command.sinceVersion() != VERSION) {
            throw new UndecodableException("an older version writes this command in another way: " + command);
        }
        return new CatalogEnvelope(semanticsVersion, requestId, command);
    }

    private static void writeCreate(WireWriter writer, CatalogCommand.CreateTable create) {
        writer.writeInt(CREATE_TABLE);
        writer.writeString(create.name());
        CommandFormat.writeKeySchema(writer, create.keySchema());
        writer.writeInt(create.partitions());
        writer.writeInt(create.shardCount());
        CatalogFormatV2.writeCapacity(writer, create.capacity());
        writer.writeBoolean(create.deletionProtected());
        CatalogFormatV2.writeTags(writer, create.tags());
        ValueFormat.writeOptional(writer, create.tableClass(), WireWriter::writeEnum);
        ValueFormat.writeOptional(writer, create.onDemandLimits().maxReadUnits(), WireWriter::writeLong);
        ValueFormat.writeOptional(writer, create.onDemandLimits().maxWriteUnits(), WireWriter::writeLong);
    }

    private static CatalogCommand readCreate(WireReader reader) throws UndecodableException {
        String name = reader.readString();
        KeySchema keySchema = CommandFormat.readKeySchema(reader);
        int partitions = reader.readInt();
        int shardCount = reader.readInt();
        Capacity capacity = CatalogFormatV2.readCapacity(reader);
        boolean deletionProtected = reader.readBoolean();
        Tags tags = CatalogFormatV2.readTags(reader);
        Optional<TableClass> tableClass = ValueFormat.readOptional(reader, CatalogFormatV3::readTableClass);
        OnDemandLimits limits = new OnDemandLimits(
                ValueFormat.readOptional(reader, WireReader::readLong),
                ValueFormat.readOptional(reader, WireReader::readLong));
        return new CatalogCommand.CreateTable(
                name, keySchema, partitions, shardCount, capacity, deletionProtected, tags, tableClass, limits);
    }

    private static void writeChange(WireWriter writer, TableChange change) {
        switch (change) {
            case TableChange.SetTableClass set -> {
                writer.writeInt(SET_TABLE_CLASS);
                writer.writeEnum(set.tableClass());
            }
            case TableChange.SetOnDemandLimits set -> {
                writer.writeInt(SET_ON_DEMAND_LIMITS);
                writeLimit(writer, set.read());
                writeLimit(writer, set.write());
                writer.writeBoolean(set.toOnDemand());
            }
            case TableChange.SetCapacity set -> throw older(set);
            case TableChange.SetDeletionProtection set -> throw older(set);
            case TableChange.AddTags add -> throw older(add);
            case TableChange.RemoveTags remove -> throw older(remove);
            case TableChange.SetTimeToLive set -> throw older(set);
        }
    }

    private static TableChange readChange(WireReader reader) throws UndecodableException {
        return reader.readIndex(CHANGES, "change of a table") == SET_TABLE_CLASS
                ? new TableChange.SetTableClass(readTableClass(reader))
                : new TableChange.SetOnDemandLimits(readLimit(reader), readLimit(reader), reader.readBoolean());
    }

    private static TableClass readTableClass(WireReader reader) throws UndecodableException {
        return reader.readEnum(TableClass.values(), "table class");
    }

    private static void writeLimit(WireWriter writer, LimitChange change) {
        switch (change) {
            case LimitChange.Keep() -> writer.writeInt(KEEP);
            case LimitChange.Remove() -> writer.writeInt(REMOVE);
            case LimitChange.Replace replace -> {
                writer.writeInt(REPLACE);
                writer.writeLong(replace.units());
            }
        }
    }

    private static LimitChange readLimit(WireReader reader) throws UndecodableException {
        int branch = reader.readIndex(LIMIT_CHANGES, "change of a limit");
        return switch (branch) {
            case KEEP -> LimitChange.KEEP;
            case REMOVE -> LimitChange.REMOVE;
            case REPLACE -> new LimitChange.Replace(reader.readLong());
            default -> throw new IllegalStateException("branch " + branch);
        };
    }

    private static IllegalStateException older(Object written) {
        return new IllegalStateException("an older version has an encoding for " + written);
    }
}
