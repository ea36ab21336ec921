package io.tidemark.schema.wire;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.command.RejectReason;
import io.tidemark.schema.hash.StateDigest;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeReply.LaneEntry;
import io.tidemark.schema.node.NodeReply.Position;
import io.tidemark.schema.node.NodeReply.Rejection;
import io.tidemark.schema.node.NodeReply.ReplicaState;
import io.tidemark.schema.node.NodeReply.ReplicaStatus;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.value.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Replies by the schema {@code node-reply.avsc}. */
final class NodeReplyFormat {
    private static final int WRITTEN = 0;
    private static final int GET_RESULT = 1;
    private static final int PAGE = 2;
    private static final int DIGEST_RESULT = 3;
    private static final int LANE_ENTRIES_RESULT = 4;
    private static final int QUARANTINED = 5;
    private static final int SOURCE_OFFSETS_RESULT = 6;
    private static final int REJECTIONS_RESULT = 7;
    private static final int STATUS_RESULT = 8;
    private static final int BRANCHES = 9;

    private static final RejectReason[] REJECT_REASONS = RejectReason.values();
    private static final ReplicaState[] REPLICA_STATES = ReplicaState.values();

    private NodeReplyFormat() {}

    static void write(WireWriter writer, NodeReply reply) {
        switch (reply) {
            case NodeReply.Written written -> {
                writer.writeInt(WRITTEN);
                writer.writeLong(written.lsn().offset());
                OutcomeCodec.write(writer, written.outcome());
            }
            case NodeReply.GetResult get -> {
                writer.writeInt(GET_RESULT);
                ValueFormat.writeOptional(writer, get.item(), ValueFormat::writeItem);
                writer.writeInt(get.sizeBytes());
                writePosition(writer, get.position());
            }
            case NodeReply.Page page -> {
                writer.writeInt(PAGE);
                writer.writeArray(page.items(), ValueFormat::writeItem);
                ValueFormat.writeOptional(writer, page.lastEvaluated(), ValueFormat::writeKey);
                writer.writeInt(page.scannedCount());
                writer.writeInt(page.scannedBytes());
                writePosition(writer, page.position());
            }
            case NodeReply.DigestResult digest -> writeDigest(writer, digest);
            case NodeReply.LaneEntriesResult entries -> {
                writer.writeInt(LANE_ENTRIES_RESULT);
                writer.writeArray(entries.entries(), NodeReplyFormat::writeLaneEntry);
                ValueFormat.writeOptional(writer, entries.next(), WireWriter::writeBytes);
            }
            case NodeReply.Quarantined ignored -> writer.writeInt(QUARANTINED);
            case NodeReply.SourceOffsetsResult offsets -> {
                writer.writeInt(SOURCE_OFFSETS_RESULT);
                writer.writeArray(
                        new TreeMap<>(offsets.lastOffsets()).entrySet(), NodeReplyFormat::writePartitionOffset);
                writePosition(writer, offsets.position());
            }
            case NodeReply.RejectionsResult rejections -> {
                writer.writeInt(REJECTIONS_RESULT);
                writer.writeArray(rejections.latest(), NodeReplyFormat::writeRejection);
                writer.writeLong(rejections.total());
                writePosition(writer, rejections.position());
            }
            case NodeReply.StatusResult status -> {
                writer.writeInt(STATUS_RESULT);
                writer.writeString(status.zone().name());
                writer.writeString(status.version());
                writer.writeArray(status.replicas(), NodeReplyFormat::writeReplica);
            }
        }
    }

    private static void writeDigest(WireWriter writer, NodeReply.DigestResult result) {
        StateDigest digest = result.digest();
        writer.writeInt(DIGEST_RESULT);
        writer.writeInt(digest.shard().value());
        writer.writeLong(digest.nextLsn().offset());
        writer.writeArray(digest.lanes(), WireWriter::writeBytes);
        writer.writeBytes(digest.control());
        writer.writeLong(digest.itemCount());
        writer.writeArray(result.damage(), (w, text) -> w.writeString(wellFormed(text)));
        writePosition(writer, result.position());
    }

    private static void writeLaneEntry(WireWriter writer, LaneEntry entry) {
        writer.writeBytes(entry.storeKey());
        writer.writeLong(entry.lsn().offset());
        writer.writeBytes(entry.valueHash());
    }

    private static void writePartitionOffset(WireWriter writer, Map.Entry<Integer, Long> entry) {
        writer.writeInt(entry.getKey());
        writer.writeLong(entry.getValue());
    }

    private static void writeRejection(WireWriter writer, Rejection rejection) {
        writer.writeLong(rejection.lsn().offset());
        writer.writeEnum(rejection.reason());
        writer.writeString(wellFormed(rejection.detail()));
    }

    private static void writeReplica(WireWriter writer, ReplicaStatus replica) {
        writer.writeInt(replica.shard().value());
        writer.writeEnum(replica.state());
        writer.writeLong(replica.nextLsn().offset());
        writer.writeLong(replica.items());
        writer.writeLong(replica.rejected());
        writer.writeString(wellFormed(replica.detail()));
        ValueFormat.writeOptional(writer, replica.evidence().map(NodeReplyFormat::wellFormed), WireWriter::writeString);
    }

    private static void writePosition(WireWriter writer, Position position) {
        writer.writeString(position.zone().name());
        writer.writeInt(position.shard().value());
        writer.writeLong(position.nextLsn().offset());
    }

    /** Text for people, which must never keep a message from being sent: unpaired surrogates become question marks. */
    static String wellFormed(String text) {
        return Utf8.isWellFormed(text)
                ? text
                : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    static NodeReply read(WireReader reader) throws UndecodableException {
        return switch (reader.readIndex(BRANCHES, "kind of reply")) {
            case WRITTEN -> new NodeReply.Written(readLsn(reader), OutcomeCodec.read(reader));
            case GET_RESULT ->
                new NodeReply.GetResult(
                        ValueFormat.readOptional(reader, ValueFormat::readItem),
                        reader.readInt(),
                        readPosition(reader));
            case PAGE -> readPage(reader);
            case DIGEST_RESULT -> readDigest(reader);
            case LANE_ENTRIES_RESULT ->
                new NodeReply.LaneEntriesResult(
                        reader.readArray(NodeReplyFormat::readLaneEntry),
                        ValueFormat.readOptional(reader, WireReader::readBytes));
            case QUARANTINED -> new NodeReply.Quarantined();
            case SOURCE_OFFSETS_RESULT ->
                new NodeReply.SourceOffsetsResult(readPartitionOffsets(reader), readPosition(reader));
            case REJECTIONS_RESULT ->
                new NodeReply.RejectionsResult(
                        reader.readArray(NodeReplyFormat::readRejection), reader.readLong(), readPosition(reader));
            case STATUS_RESULT ->
                new NodeReply.StatusResult(
                        new Zone(reader.readString()),
                        reader.readString(),
                        reader.readArray(NodeReplyFormat::readReplica));
            default -> throw new UndecodableException("unknown kind of reply");
        };
    }

    private static NodeReply.Page readPage(WireReader reader) throws UndecodableException {
        List<Item> items = reader.readArray(ValueFormat::readItem);
        Optional<PrimaryKey> lastEvaluated = ValueFormat.readOptional(reader, ValueFormat::readKey);
        return new NodeReply.Page(items, lastEvaluated, reader.readInt(), reader.readInt(), readPosition(reader));
    }

    private static NodeReply.DigestResult readDigest(WireReader reader) throws UndecodableException {
        ShardId shard = new ShardId(reader.readInt());
        Lsn nextLsn = readLsn(reader);
        List<Bytes> lanes = reader.readArray(WireReader::readBytes);
        StateDigest digest = new StateDigest(shard, nextLsn, lanes, reader.readBytes(), reader.readLong());
        return new NodeReply.DigestResult(digest, reader.readArray(WireReader::readString), readPosition(reader));
    }

    private static LaneEntry readLaneEntry(WireReader reader) throws UndecodableException {
        return new LaneEntry(reader.readBytes(), readLsn(reader), reader.readBytes());
    }

    private static Map<Integer, Long> readPartitionOffsets(WireReader reader) throws UndecodableException {
        Map<Integer, Long> offsets = new TreeMap<>();
        for (Map.Entry<Integer, Long> entry : reader.readArray(r -> Map.entry(r.readInt(), r.readLong()))) {
            if (offsets.put(entry.getKey(), entry.getValue()) != null) {
                throw new UndecodableException("partition given twice: " + entry.getKey());
            }
        }
        return offsets;
    }

    private static Rejection readRejection(WireReader reader) throws UndecodableException {
        return new Rejection(readLsn(reader), reader.readEnum(REJECT_REASONS, "reject reason"), reader.readString());
    }

    private static ReplicaStatus readReplica(WireReader reader) throws UndecodableException {
        return new ReplicaStatus(
                new ShardId(reader.readInt()),
                reader.readEnum(REPLICA_STATES, "replica state"),
                readLsn(reader),
                reader.readLong(),
                reader.readLong(),
                reader.readString(),
                ValueFormat.readOptional(reader, WireReader::readString));
    }

    private static Position readPosition(WireReader reader) throws UndecodableException {
        return new Position(new Zone(reader.readString()), new ShardId(reader.readInt()), readLsn(reader));
    }

    private static Lsn readLsn(WireReader reader) throws UndecodableException {
        return new Lsn(reader.readLong());
    }
}
