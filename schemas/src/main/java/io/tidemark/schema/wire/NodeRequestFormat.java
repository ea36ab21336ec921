package io.tidemark.schema.wire;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.expression.Comparator;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.Projection;
import io.tidemark.schema.expression.SortKeyCondition;
import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.node.NodeRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Requests by the schema {@code node-request.avsc}. */
final class NodeRequestFormat {
    private static final int WRITE = 0;
    private static final int GET = 1;
    private static final int QUERY = 2;
    private static final int SCAN = 3;
    private static final int DIGEST = 4;
    private static final int LANE_ENTRIES = 5;
    private static final int QUARANTINE = 6;
    private static final int SOURCE_OFFSETS = 7;
    private static final int REJECTIONS = 8;
    private static final int STATUS = 9;
    private static final int BRANCHES = 10;

    private static final int EVENTUAL = 0;
    private static final int AT_LEAST = 1;
    private static final int STRONG = 2;
    private static final int LEVELS = 3;

    private static final int NO_SORT_KEY_CONDITION = 0;
    private static final int SORT_KEY_COMPARE = 1;
    private static final int SORT_KEY_BETWEEN = 2;
    private static final int SORT_KEY_BEGINS_WITH = 3;
    private static final int SORT_KEY_CONDITIONS = 4;

    private static final Comparator[] COMPARATORS = Comparator.values();

    private NodeRequestFormat() {}

    static void write(WireWriter writer, NodeRequest request) {
        switch (request) {
            case NodeRequest.Write write -> {
                begin(writer, WRITE, write.shard());
                writer.writeBytes(write.payload().key());
                writer.writeBytes(write.payload().value());
                writer.writeArray(write.payload().headers(), NodeRequestFormat::writeHeader);
            }
            case NodeRequest.Get get -> {
                begin(writer, GET, get.shard());
                writer.writeInt(get.tableId().value());
                ValueFormat.writeKey(writer, get.key());
                writeProjection(writer, get.projection());
                writeConsistency(writer, get.consistency());
            }
            case NodeRequest.Query query -> writeQuery(writer, query);
            case NodeRequest.Scan scan -> writeScan(writer, scan);
            case NodeRequest.Digest digest -> {
                begin(writer, DIGEST, digest.shard());
                writer.writeLong(digest.barrier().offset());
                writer.writeBoolean(digest.deep());
            }
            case NodeRequest.LaneEntries entries -> {
                begin(writer, LANE_ENTRIES, entries.shard());
                writer.writeLong(entries.barrier().offset());
                writer.writeArray(new TreeSet<>(entries.lanes()), WireWriter::writeInt);
                ValueFormat.writeOptional(writer, entries.after(), WireWriter::writeBytes);
                writer.writeInt(entries.limit());
            }
            case NodeRequest.Quarantine quarantine -> {
                begin(writer, QUARANTINE, quarantine.shard());
                writer.writeString(NodeReplyFormat.wellFormed(quarantine.reason()));
            }
            case NodeRequest.SourceOffsets offsets -> {
                begin(writer, SOURCE_OFFSETS, offsets.shard());
                writer.writeInt(offsets.bindingId());
                writeConsistency(writer, offsets.consistency());
            }
            case NodeRequest.Rejections rejections -> {
                begin(writer, REJECTIONS, rejections.shard());
                writer.writeInt(rejections.limit());
            }
            case NodeRequest.Status ignored -> writer.writeInt(STATUS);
        }
    }

    private static void writeQuery(WireWriter writer, NodeRequest.Query query) {
        begin(writer, QUERY, query.shard());
        writer.writeInt(query.tableId().value());
        ValueFormat.writeValue(writer, query.partitionKey());
        writeSortKeyCondition(writer, query.sortKeyCondition());
        writer.writeBoolean(query.forward());
        writer.writeInt(query.limit());
        writePaging(writer, query.exclusiveStart(), query.filter(), query.projection(), query.consistency());
    }

    private static void writeScan(WireWriter writer, NodeRequest.Scan scan) {
        begin(writer, SCAN, scan.shard());
        writer.writeInt(scan.tableId().value());
        writer.writeLong(scan.range().start());
        writer.writeLong(scan.range().end());
        writer.writeInt(scan.limit());
        writer.writeInt(scan.maxBytes());
        writePaging(writer, scan.exclusiveStart(), scan.filter(), scan.projection(), scan.consistency());
    }

    private static void begin(WireWriter writer, int branch, ShardId shard) {
        writer.writeInt(branch);
        writer.writeInt(shard.value());
    }

    private static void writePaging(
            WireWriter writer,
            Optional<PrimaryKey> exclusiveStart,
            Optional<Condition> filter,
            Optional<Projection> projection,
            Consistency consistency) {
        ValueFormat.writeOptional(writer, exclusiveStart, ValueFormat::writeKey);
        ValueFormat.writeOptional(writer, filter, ExpressionFormat::writeCondition);
        writeProjection(writer, projection);
        writeConsistency(writer, consistency);
    }

    private static void writeHeader(WireWriter writer, RecordHeader header) {
        writer.writeString(header.key());
        writer.writeBytes(header.value());
    }

    private static void writeProjection(WireWriter writer, Optional<Projection> projection) {
        ValueFormat.writeOptional(
                writer, projection, (w, value) -> w.writeArray(value.paths(), ExpressionFormat::writePath));
    }

    private static void writeConsistency(WireWriter writer, Consistency consistency) {
        switch (consistency) {
            case Consistency.Eventual ignored -> writer.writeInt(EVENTUAL);
            case Consistency.AtLeast atLeast -> {
                writer.writeInt(AT_LEAST);
                writer.writeLong(atLeast.lsn().offset());
            }
            case Consistency.Strong ignored -> writer.writeInt(STRONG);
        }
    }

    private static void writeSortKeyCondition(WireWriter writer, Optional<SortKeyCondition> condition) {
        if (condition.isEmpty()) {
            writer.writeInt(NO_SORT_KEY_CONDITION);
            return;
        }
        switch (condition.get()) {
            case SortKeyCondition.Compare compare -> {
                writer.writeInt(SORT_KEY_COMPARE);
                writer.writeEnum(compare.comparator());
                ValueFormat.writeValue(writer, compare.value());
            }
            case SortKeyCondition.Between between -> {
                writer.writeInt(SORT_KEY_BETWEEN);
                ValueFormat.writeValue(writer, between.low());
                ValueFormat.writeValue(writer, between.high());
            }
            case SortKeyCondition.BeginsWith beginsWith -> {
                writer.writeInt(SORT_KEY_BEGINS_WITH);
                ValueFormat.writeValue(writer, beginsWith.prefix());
            }
        }
    }

    static NodeRequest read(WireReader reader) throws UndecodableException {
        int branch = reader.readIndex(BRANCHES, "kind of request");
        if (branch == STATUS) {
            return new NodeRequest.Status();
        }
        ShardId shard = new ShardId(reader.readInt());
        return switch (branch) {
            case WRITE -> new NodeRequest.Write(shard, readPayload(reader));
            case GET ->
                new NodeRequest.Get(
                        shard,
                        readTable(reader),
                        ValueFormat.readKey(reader),
                        readProjection(reader),
                        readConsistency(reader));
            case QUERY -> readQuery(reader, shard);
            case SCAN -> readScan(reader, shard);
            case DIGEST -> new NodeRequest.Digest(shard, new Lsn(reader.readLong()), reader.readBoolean());
            case LANE_ENTRIES -> readLaneEntries(reader, shard);
            case QUARANTINE -> new NodeRequest.Quarantine(shard, reader.readString());
            case SOURCE_OFFSETS -> new NodeRequest.SourceOffsets(shard, reader.readInt(), readConsistency(reader));
            case REJECTIONS -> new NodeRequest.Rejections(shard, reader.readInt());
            default -> throw new UndecodableException("unknown kind of request");
        };
    }

    private static NodeRequest.Query readQuery(WireReader reader, ShardId shard) throws UndecodableException {
        return new NodeRequest.Query(
                shard,
                readTable(reader),
                ValueFormat.readValue(reader),
                readSortKeyCondition(reader),
                reader.readBoolean(),
                reader.readInt(),
                ValueFormat.readOptional(reader, ValueFormat::readKey),
                ValueFormat.readOptional(reader, ExpressionFormat::readCondition),
                readProjection(reader),
                readConsistency(reader));
    }

    private static NodeRequest.Scan readScan(WireReader reader, ShardId shard) throws UndecodableException {
        return new NodeRequest.Scan(
                shard,
                readTable(reader),
                new HashRange(reader.readLong(), reader.readLong()),
                reader.readInt(),
                reader.readInt(),
                ValueFormat.readOptional(reader, ValueFormat::readKey),
                ValueFormat.readOptional(reader, ExpressionFormat::readCondition),
                readProjection(reader),
                readConsistency(reader));
    }

    private static NodeRequest.LaneEntries readLaneEntries(WireReader reader, ShardId shard)
            throws UndecodableException {
        Lsn barrier = new Lsn(reader.readLong());
        List<Integer> lanes = reader.readArray(WireReader::readInt);
        return new NodeRequest.LaneEntries(
                shard,
                barrier,
                Set.copyOf(lanes),
                ValueFormat.readOptional(reader, WireReader::readBytes),
                reader.readInt());
    }

    private static WalPayload readPayload(WireReader reader) throws UndecodableException {
        Bytes key = reader.readBytes();
        Bytes value = reader.readBytes();
        return new WalPayload(key, value, reader.readArray(NodeRequestFormat::readHeader));
    }

    private static RecordHeader readHeader(WireReader reader) throws UndecodableException {
        return new RecordHeader(reader.readString(), reader.readBytes());
    }

    private static TableId readTable(WireReader reader) throws UndecodableException {
        return new TableId(reader.readInt());
    }

    private static Optional<Projection> readProjection(WireReader reader) throws UndecodableException {
        return ValueFormat.readOptional(reader, r -> new Projection(r.readArray(ExpressionFormat::readPath)));
    }

    private static Consistency readConsistency(WireReader reader) throws UndecodableException {
        return switch (reader.readIndex(LEVELS, "consistency")) {
            case EVENTUAL -> Consistency.EVENTUAL;
            case AT_LEAST -> new Consistency.AtLeast(new Lsn(reader.readLong()));
            case STRONG -> Consistency.STRONG;
            default -> throw new UndecodableException("unknown consistency");
        };
    }

    private static Optional<SortKeyCondition> readSortKeyCondition(WireReader reader) throws UndecodableException {
        return switch (reader.readIndex(SORT_KEY_CONDITIONS, "sort-key condition")) {
            case NO_SORT_KEY_CONDITION -> Optional.empty();
            case SORT_KEY_COMPARE ->
                Optional.of(new SortKeyCondition.Compare(
                        reader.readEnum(COMPARATORS, "comparator"), ValueFormat.readValue(reader)));
            case SORT_KEY_BETWEEN ->
                Optional.of(new SortKeyCondition.Between(ValueFormat.readValue(reader), ValueFormat.readValue(reader)));
            case SORT_KEY_BEGINS_WITH -> Optional.of(new SortKeyCondition.BeginsWith(ValueFormat.readValue(reader)));
            default -> throw new UndecodableException("unknown sort-key condition");
        };
    }
}
