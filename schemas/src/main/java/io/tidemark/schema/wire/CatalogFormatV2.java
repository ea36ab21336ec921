package io.tidemark.schema.wire;

import io.tidemark.schema.RequestId;
import io.tidemark.schema.catalog.Capacity;
import io.tidemark.schema.catalog.CatalogCommand;
import io.tidemark.schema.catalog.CatalogEnvelope;
import io.tidemark.schema.catalog.TableChange;
import io.tidemark.schema.catalog.Tags;
import io.tidemark.schema.key.KeySchema;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Catalog envelopes by the schema {@code catalog-record-v2.avsc}: what version 1 of the rules cannot say. */
final class CatalogFormatV2 {
    private static final int VERSION = 2;

    private static final int CREATE_TABLE = 0;
    private static final int CHANGE_TABLE = 1;
    private static final int COMMANDS = 2;

    private static final int ON_DEMAND = 0;
    private static final int PROVISIONED = 1;
    private static final int CAPACITIES = 2;

    private static final int SET_CAPACITY = 0;
    private static final int SET_DELETION_PROTECTION = 1;
    private static final int ADD_TAGS = 2;
    private static final int REMOVE_TAGS = 3;
    private static final int SET_TIME_TO_LIVE = 4;
    private static final int CHANGES = 5;

    private CatalogFormatV2() {}

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
            case CatalogCommand.TableOpened opened -> throw ofAnother(opened);
            case CatalogCommand.DeleteTable delete -> throw ofAnother(delete);
            case CatalogCommand.TableRemoved removed -> throw ofAnother(removed);
            case CatalogCommand.BindSource bind -> throw ofAnother(bind);
            case CatalogCommand.UnbindSource unbind -> throw ofAnother(unbind);
            case CatalogCommand.Barrier barrier -> throw ofAnother(barrier);
        }
    }

    static CatalogEnvelope readEnvelope(WireReader reader) throws UndecodableException {
        int semanticsVersion = reader.readInt();
        RequestId requestId = RequestId.fromBytes(reader.readFixed(RequestId.SIZE_BYTES));
        int branch = reader.readIndex(COMMANDS, "catalog command");
        CatalogCommand command = switch (branch) {
            case CREATE_TABLE -> readCreate(reader);
            case CHANGE_TABLE -> new CatalogCommand.ChangeTable(reader.readString(), readChange(reader));
            default -> throw new IllegalStateException("branch " + branch);
        };
        if (command.sinceVersion() != VERSION) {
            throw new UndecodableException("version 1 writes this command in another way: " + command);
        }
        return new CatalogEnvelope(semanticsVersion, requestId, command);
    }

    private static void writeCreate(WireWriter writer, CatalogCommand.CreateTable create) {
        writer.writeInt(CREATE_TABLE);
        writer.writeString(create.name());
        CommandFormat.writeKeySchema(writer, create.keySchema());
        writer.writeInt(create.partitions());
        writer.writeInt(create.shardCount());
        writeCapacity(writer, create.capacity());
        writer.writeBoolean(create.deletionProtected());
        writeTags(writer, create.tags());
    }

    private static CatalogCommand readCreate(WireReader reader) throws UndecodableException {
        String name = reader.readString();
        KeySchema keySchema = CommandFormat.readKeySchema(reader);
        int partitions = reader.readInt();
        int shardCount = reader.readInt();
        Capacity capacity = readCapacity(reader);
        boolean deletionProtected = reader.readBoolean();
        return new CatalogCommand.CreateTable(
                name, keySchema, partitions, shardCount, capacity, deletionProtected, readTags(reader));
    }

    private static void writeChange(WireWriter writer, TableChange change) {
        switch (change) {
            case TableChange.SetCapacity set -> {
                writer.writeInt(SET_CAPACITY);
                writeCapacity(writer, set.capacity());
            }
            case TableChange.SetDeletionProtection set -> {
                writer.writeInt(SET_DELETION_PROTECTION);
                writer.writeBoolean(set.enabled());
            }
            case TableChange.AddTags add -> {
                writer.writeInt(ADD_TAGS);
                writeTags(writer, add.tags());
            }
            case TableChange.RemoveTags remove -> {
                writer.writeInt(REMOVE_TAGS);
                writer.writeArray(remove.keys(), WireWriter::writeString);
            }
            case TableChange.SetTimeToLive set -> {
                writer.writeInt(SET_TIME_TO_LIVE);
                writer.writeString(set.attributeName());
                writer.writeBoolean(set.enabled());
            }
            case TableChange.SetTableClass set -> throw ofAnother(set);
            case TableChange.SetOnDemandLimits set -> throw ofAnother(set);
        }
    }

    private static TableChange readChange(WireReader reader) throws UndecodableException {
        int branch = reader.readIndex(CHANGES, "change of a table");
        return switch (branch) {
            case SET_CAPACITY -> new TableChange.SetCapacity(readCapacity(reader));
            case SET_DELETION_PROTECTION -> new TableChange.SetDeletionProtection(reader.readBoolean());
            case ADD_TAGS -> new TableChange.AddTags(readTags(reader));
            case REMOVE_TAGS -> {
                List<String> keys = reader.readArray(WireReader::readString);
                requireAscending(keys);
                yield new TableChange.RemoveTags(new TreeSet<>(keys));
            }
            case SET_TIME_TO_LIVE -> new TableChange.SetTimeToLive(reader.readString(), reader.readBoolean());
            default -> throw new IllegalStateException("branch " + branch);
        };
    }

    static void writeCapacity(WireWriter writer, Capacity capacity) {
        switch (capacity) {
            case Capacity.OnDemand() -> writer.writeInt(ON_DEMAND);
            case Capacity.Provisioned provisioned -> {
                writer.writeInt(PROVISIONED);
                writer.writeLong(provisioned.readUnits());
                writer.writeLong(provisioned.writeUnits());
            }
        }
    }

    static Capacity readCapacity(WireReader reader) throws UndecodableException {
        return reader.readIndex(CAPACITIES, "capacity") == ON_DEMAND
                ? Capacity.ON_DEMAND
                : new Capacity.Provisioned(reader.readLong(), reader.readLong());
    }

    static void writeTags(WireWriter writer, Tags tags) {
        writer.writeArray(tags.byKey().entrySet(), (out, tag) -> {
            out.writeString(tag.getKey());
            out.writeString(tag.getValue());
        });
    }

    static Tags readTags(WireReader reader) throws UndecodableException {
        List<Map.Entry<String, String>> tags = reader.readArray(in -> Map.entry(in.readString(), in.readString()));
        requireAscending(tags.stream().map(Map.Entry::getKey).toList());
        Map<String, String> byKey = new TreeMap<>();
        tags.forEach(tag -> byKey.put(tag.getKey(), tag.getValue()));
        return new Tags(byKey);
    }

    /** One value has one encoding. */
    private static void requireAscending(List<String> keys) throws UndecodableException {
        for (int i = 1; i < keys.size(); i++) {
            if (Comparator.<String>naturalOrder().compare(keys.get(i - 1), keys.get(i)) >= 0) {
                throw new UndecodableException("keys of tags are out of order");
            }
        }
    }

    private static IllegalStateException ofAnother(Object written) {
        return new IllegalStateException("another version has an encoding for " + written);
    }
}
