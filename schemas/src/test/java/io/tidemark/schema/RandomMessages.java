package io.tidemark.schema;

import io.tidemark.schema.command.RejectReason;
import io.tidemark.schema.expression.Comparator;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.Projection;
import io.tidemark.schema.expression.SortKeyCondition;
import io.tidemark.schema.hash.LaneSum;
import io.tidemark.schema.hash.StateDigest;
import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.wire.RecordHeader;
import io.tidemark.schema.wire.WalPayload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Random messages of the storage nodes' protocol: every kind, every field present and absent. */
public final class RandomMessages {
    private static final int REQUEST_KINDS = 10;
    private static final int REPLY_KINDS = 9;
    private static final int MAX_ELEMENTS = 4;

    private final RandomGenerator random;
    private final RandomCommands commands;

    public RandomMessages(RandomGenerator random) {
        this.random = random;
        this.commands = new RandomCommands(random);
    }

    public NodeRequest request() {
        return switch (random.nextInt(REQUEST_KINDS)) {
            case 0 -> new NodeRequest.Write(shard(), payload());
            case 1 ->
                new NodeRequest.Get(shard(), commands.tableId(), key(), optional(this::projection), consistency());
            case 2 -> query();
            case 3 -> scan();
            case 4 -> new NodeRequest.Digest(shard(), lsn(), random.nextBoolean());
            case 5 -> new NodeRequest.LaneEntries(shard(), lsn(), lanes(), optional(commands.values()::bytes), limit());
            case 6 -> new NodeRequest.Quarantine(shard(), commands.values().string());
            case 7 -> new NodeRequest.SourceOffsets(shard(), random.nextInt(), consistency());
            case 8 -> new NodeRequest.Rejections(shard(), limit());
            default -> new NodeRequest.Status();
        };
    }

    private NodeRequest query() {
        return new NodeRequest.Query(
                shard(),
                commands.tableId(),
                commands.values().value(),
                optional(this::sortKeyCondition),
                random.nextBoolean(),
                limit(),
                optional(this::key),
                optional((Supplier<Condition>) commands::condition),
                optional(this::projection),
                consistency());
    }

    private NodeRequest scan() {
        long start = random.nextLong(HashRange.HASH_COUNT);
        return new NodeRequest.Scan(
                shard(),
                commands.tableId(),
                new HashRange(start, random.nextLong(start, HashRange.HASH_COUNT) + 1),
                limit(),
                1 + random.nextInt(NodeRequest.MAX_PAGE_BYTES),
                optional(this::key),
                optional((Supplier<Condition>) commands::condition),
                optional(this::projection),
                consistency());
    }

    public NodeReply reply() {
        return switch (random.nextInt(REPLY_KINDS)) {
            case 0 -> new NodeReply.Written(lsn(), commands.outcome());
            case 1 -> new NodeReply.GetResult(optional(this::item), random.nextInt(1 << 20), position());
            case 2 ->
                new NodeReply.Page(
                        list(this::item), optional(this::key), random.nextInt(), random.nextInt(), position());
            case 3 -> new NodeReply.DigestResult(digest(), list(commands.values()::string), position());
            case 4 ->
                new NodeReply.LaneEntriesResult(
                        list(() -> new NodeReply.LaneEntry(
                                commands.values().bytes(),
                                lsn(),
                                commands.values().bytes())),
                        optional(commands.values()::bytes));
            case 5 -> new NodeReply.Quarantined();
            case 6 -> new NodeReply.SourceOffsetsResult(offsets(), position());
            case 7 ->
                new NodeReply.RejectionsResult(
                        list(() -> new NodeReply.Rejection(
                                lsn(),
                                oneOf(RejectReason.values()),
                                commands.values().string())),
                        random.nextLong(),
                        position());
            default -> new NodeReply.StatusResult(zone(), commands.values().string(), list(this::replicaStatus));
        };
    }

    public NodeException failure() {
        return new NodeException(
                oneOf(NodeException.Kind.values()), commands.values().string());
    }

    private NodeReply.ReplicaStatus replicaStatus() {
        return new NodeReply.ReplicaStatus(
                shard(),
                oneOf(NodeReply.ReplicaState.values()),
                lsn(),
                random.nextLong(),
                random.nextLong(),
                commands.values().string(),
                random.nextBoolean() ? Optional.of(commands.values().string()) : Optional.empty());
    }

    private StateDigest digest() {
        List<Bytes> lanes = new ArrayList<>();
        for (int i = 0; i < StateDigest.LANE_COUNT; i++) {
            lanes.add(hash());
        }
        return new StateDigest(shard(), lsn(), lanes, hash(), random.nextLong(Long.MAX_VALUE));
    }

    private Bytes hash() {
        byte[] hash = new byte[LaneSum.SIZE_BYTES];
        random.nextBytes(hash);
        return Bytes.wrap(hash);
    }

    private WalPayload payload() {
        byte[] key = new byte[random.nextInt(1, 20)];
        random.nextBytes(key);
        return new WalPayload(
                Bytes.wrap(key),
                commands.values().bytes(),
                list(() -> new RecordHeader(
                        commands.values().string(), commands.values().bytes())));
    }

    private Map<Integer, Long> offsets() {
        Map<Integer, Long> offsets = new HashMap<>();
        for (int i = random.nextInt(MAX_ELEMENTS); i > 0; i--) {
            offsets.put(random.nextInt(), random.nextLong());
        }
        return offsets;
    }

    private Set<Integer> lanes() {
        Set<Integer> lanes = new HashSet<>();
        for (int i = random.nextInt(MAX_ELEMENTS); i > 0; i--) {
            lanes.add(random.nextInt(StateDigest.LANE_COUNT));
        }
        return lanes;
    }

    private Item item() {
        return commands.values().item();
    }

    private PrimaryKey key() {
        KeySchema keySchema = commands.keySchema();
        return commands.primaryKey(keySchema);
    }

    private Projection projection() {
        List<DocumentPath> paths = new ArrayList<>();
        for (int i = random.nextInt(1, MAX_ELEMENTS); i > 0; i--) {
            paths.add(DocumentPath.of(commands.values().nonEmptyString()));
        }
        return new Projection(paths);
    }

    private SortKeyCondition sortKeyCondition() {
        return switch (random.nextInt(3)) {
            case 0 ->
                new SortKeyCondition.Compare(
                        oneOf(Comparator.EQ, Comparator.LT, Comparator.LE, Comparator.GT, Comparator.GE),
                        commands.values().value());
            case 1 ->
                new SortKeyCondition.Between(
                        commands.values().value(), commands.values().value());
            default -> new SortKeyCondition.BeginsWith(commands.values().value());
        };
    }

    private Consistency consistency() {
        return switch (random.nextInt(3)) {
            case 0 -> Consistency.EVENTUAL;
            case 1 -> new Consistency.AtLeast(lsn());
            default -> Consistency.STRONG;
        };
    }

    private NodeReply.Position position() {
        return new NodeReply.Position(zone(), shard(), lsn());
    }

    private Zone zone() {
        return new Zone("zone-" + random.nextInt(10));
    }

    private ShardId shard() {
        return new ShardId(random.nextInt(1 << random.nextInt(1, 31)));
    }

    private Lsn lsn() {
        return new Lsn(random.nextLong() >>> random.nextInt(1, Long.SIZE));
    }

    private int limit() {
        return random.nextInt(1, NodeRequest.MAX_PAGE_ITEMS + 1);
    }

    private <T> Optional<T> optional(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> List<T> list(Supplier<T> element) {
        List<T> values = new ArrayList<>();
        for (int i = random.nextInt(MAX_ELEMENTS); i > 0; i--) {
            values.add(element.get());
        }
        return values;
    }

    @SafeVarargs
    private <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
