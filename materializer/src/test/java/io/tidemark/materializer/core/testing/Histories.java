package io.tidemark.materializer.core.testing;

import io.tidemark.materializer.core.TableState;
import io.tidemark.materializer.core.Transition;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.Semantics;
import io.tidemark.schema.ShardId;
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
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.wire.RecordHeader;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.schema.wire.WalPayload;
import io.tidemark.schema.wire.WalRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Endless random histories of one shard: the same seed gives the same records. They hold every kind of command, conditions and
 * updates of all kinds, repetitions, source records with holes, tables that are closed and purged, damaged and misdirected
 * records, timestamps that step back and jump. The generator applies what it makes, so that it can aim.
 */
public final class Histories {
    private static final int PARTITION_KEYS = 12;
    private static final int OWNED_QUARTERS = 3;
    private static final int REMEMBERED_PAYLOADS = 200;
    private static final long START_MS = 1_700_000_000_000L;

    private static final List<KeySchema> SCHEMAS = List.of(
            KeySchema.of(new KeyAttribute("pk", KeyType.S)),
            KeySchema.of(new KeyAttribute("pk", KeyType.S), new KeyAttribute("sk", KeyType.N)),
            KeySchema.of(new KeyAttribute("a", KeyType.N), new KeyAttribute("é", KeyType.B)));

    private final ShardId shard;
    private final RandomGenerator random;
    private final RandomItems items;
    private final RandomExpressions expressions;
    private final PlainState state = new PlainState();
    private final List<WalPayload> payloads = new ArrayList<>();
    private final int[] generations = new int[SCHEMAS.size()];
    private long clockMs = START_MS;

    public Histories(long seed, ShardId shard) {
        this.shard = shard;
        this.random = new SplittableRandom(seed);
        this.items = new RandomItems(random);
        this.expressions = new RandomExpressions(random, items);
    }

    /** The first {@code count} records of a history of shard 0. */
    public static List<WalRecord> generate(long seed, int count) {
        Histories histories = new Histories(seed, new ShardId(0));
        List<WalRecord> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            records.add(histories.next());
        }
        return records;
    }

    /** The state after all records that were taken. */
    public PlainState state() {
        return state;
    }

    public WalRecord next() {
        WalPayload payload = payload();
        if (payloads.size() < REMEMBERED_PAYLOADS) {
            payloads.add(payload);
        } else {
            payloads.set(random.nextInt(REMEMBERED_PAYLOADS), payload);
        }
        WalRecord record = record(shard, state.nextLsn(), timestampMs(), payload);
        Transition transition = state.apply(record);
        if (!transition.lsn().equals(record.lsn())) {
            throw new IllegalStateException("a transition of another record");
        }
        return record;
    }

    public static WalRecord record(ShardId shard, Lsn lsn, long timestampMs, WalPayload payload) {
        return new WalRecord(shard, lsn, timestampMs, payload.key(), payload.value(), payload.headers());
    }

    private long timestampMs() {
        int dice = random.nextInt(1_000);
        clockMs += dice == 0 ? 700_000 : random.nextInt(40);
        return dice < 30 ? clockMs - random.nextInt(5_000) : clockMs;
    }

    private WalPayload payload() {
        int dice = random.nextInt(100);
        if (dice < 6 && !payloads.isEmpty()) {
            return items.pick(payloads);
        }
        if (dice < 8 && !payloads.isEmpty()) {
            return damaged(items.pick(payloads));
        }
        if (dice < 11) {
            return control(new Command.Barrier(items.pick(List.of(BarrierKind.values()))));
        }
        int table = random.nextInt(SCHEMAS.size());
        Optional<TableState> open = state.table(tableId(table));
        if (open.isEmpty() || random.nextInt(open.get().ranges().size() < OWNED_QUARTERS ? 4 : 200) == 0) {
            return openPartition(table);
        }
        return open.get().open()
                ? item(table, dice)
                : control(new Command.PurgeTable(tableId(table), 1 + random.nextInt(8)));
    }

    private TableId tableId(int table) {
        return new TableId(1 + table + SCHEMAS.size() * generations[table]);
    }

    /** Mostly one of the quarters of the hashes that this shard owns in the end. */
    private WalPayload openPartition(int table) {
        HashRange range = HashRange.ALL.part(random.nextInt(OWNED_QUARTERS), 4);
        KeySchema schema = random.nextInt(20) == 0 ? items.pick(SCHEMAS) : SCHEMAS.get(table);
        if (random.nextInt(20) == 0) {
            range = HashRange.ALL.part(random.nextInt(5), 5);
        }
        return control(new Command.OpenPartition(tableId(table), schema, range));
    }

    private WalPayload item(int table, int dice) {
        if (dice == 99 && random.nextInt(5) == 0) {
            TableId closed = tableId(table);
            generations[table] += random.nextInt(2);
            return control(new Command.CloseTable(closed));
        }
        Command.ItemCommand command = command(table);
        return dice < 30 ? sourced(table, command) : direct(table, command);
    }

    private Command.ItemCommand command(int table) {
        KeySchema schema = SCHEMAS.get(table);
        TableId tableId = random.nextInt(100) == 0 ? new TableId(1_000) : tableId(table);
        PrimaryKey key = items.key(schema, PARTITION_KEYS);
        Optional<Condition> condition =
                random.nextInt(3) == 0 ? Optional.of(expressions.condition()) : Optional.empty();
        boolean returnOld = random.nextBoolean();
        ReturnValues noneOrOld = random.nextBoolean() ? ReturnValues.NONE : ReturnValues.ALL_OLD;
        return switch (random.nextInt(8)) {
            case 0 -> new Command.DeleteItem(tableId, key, condition, noneOrOld, returnOld);
            case 1, 2, 3 -> new Command.PutItem(tableId, items.item(schema, key), condition, noneOrOld, returnOld);
            default ->
                new Command.UpdateItem(
                        tableId,
                        key,
                        expressions.update(),
                        condition,
                        items.pick(List.of(ReturnValues.values())),
                        returnOld);
        };
    }

    private WalPayload direct(int table, Command.ItemCommand command) {
        Envelope envelope = Envelope.of(RequestId.random(random), command);
        WalPayload sound = WalCodec.encode(SCHEMAS.get(table), envelope);
        if (random.nextInt(60) == 0 && command instanceof Command.PutItem put) {
            PrimaryKey key = items.key(SCHEMAS.get(table), PARTITION_KEYS);
            Command invalid = new Command.PutItem(
                    put.tableId(),
                    items.itemWithInvalidKey(SCHEMAS.get(table), key),
                    put.condition(),
                    put.returnValues(),
                    put.returnOldOnConditionFailure());
            return Payloads.withKey(sound.key(), Envelope.of(envelope.requestId(), invalid));
        }
        return sound;
    }

    /** Mostly the next record of its source partition; else a repetition or one after a hole. */
    private WalPayload sourced(int table, Command.ItemCommand command) {
        int bindingId = 1 + random.nextInt(2);
        int partition = random.nextInt(2);
        long last = state.sourceOffset(bindingId, partition);
        long previous = switch (random.nextInt(12)) {
            case 0 -> last + 1;
            case 1 -> Math.max(SourceMark.NONE, last - 1 - random.nextInt(3));
            default -> last;
        };
        SourceMark mark = new SourceMark(bindingId, partition, previous + 1 + random.nextInt(3), previous);
        Envelope envelope =
                new Envelope(Semantics.CURRENT_VERSION, RequestId.random(random), Optional.of(mark), command);
        return WalCodec.encode(SCHEMAS.get(table), envelope);
    }

    private WalPayload control(Command command) {
        return WalCodec.encodeControl(Envelope.of(RequestId.random(random), command));
    }

    private WalPayload damaged(WalPayload payload) {
        return switch (random.nextInt(6)) {
            case 0 -> new WalPayload(payload.key(), flipped(payload.value()), payload.headers());
            case 1 -> Payloads.resealed(payload.key(), flipped(payload.value()), payload.headers());
            case 2 -> Payloads.resealed(flipped(payload.key()), payload.value(), payload.headers());
            case 3 -> new WalPayload(payload.key(), payload.value(), List.of());
            case 4 ->
                Payloads.with(
                        payload,
                        new RecordHeader(
                                RecordHeader.REQUEST_ID,
                                Bytes.wrap(RequestId.random(random).toBytes())));
            default -> Payloads.resealed(payload.key(), Bytes.EMPTY, payload.headers());
        };
    }

    private Bytes flipped(Bytes bytes) {
        if (bytes.length() == 0) {
            return bytes;
        }
        byte[] copy = bytes.array().clone();
        copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        return Bytes.wrap(copy);
    }
}
