package io.tidemark.materializer.store;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.command.BarrierKind;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.key.ItemKey;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.schema.wire.WalPayload;
import io.tidemark.schema.wire.WalRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Makes the records of one shard, one LSN after the other, a millisecond apart. */
public final class TestLog {
    public static final ShardId SHARD = new ShardId(0);
    public static final TableId TABLE = new TableId(1);
    public static final KeySchema SCHEMA = KeySchema.of(new KeyAttribute("id", KeyType.S));
    public static final long START_MS = 1_700_000_000_000L;

    private final ShardId shard;
    private final SplittableRandom random;
    private long nextOffset;

    public TestLog(long seed) {
        this(SHARD, seed);
    }

    public TestLog(ShardId shard, long seed) {
        this.shard = shard;
        this.random = new SplittableRandom(seed);
    }

    public Lsn nextLsn() {
        return new Lsn(nextOffset);
    }

    /** Opens the table for all hashes. */
    public WalRecord open() {
        return control(new Command.OpenPartition(TABLE, SCHEMA, HashRange.ALL));
    }

    public WalRecord put(String id, String text) {
        return put(Envelope.of(RequestId.random(random), Command.PutItem.of(TABLE, item(id, text))));
    }

    public WalRecord put(Envelope envelope) {
        return record(WalCodec.encode(SCHEMA, envelope));
    }

    public WalRecord delete(String id) {
        return put(Envelope.of(RequestId.random(random), Command.DeleteItem.of(TABLE, key(id))));
    }

    public WalRecord barrier() {
        return control(new Command.Barrier(BarrierKind.VERIFY));
    }

    /** A command for a table that the shard does not have. */
    public WalRecord misdirected(String id) {
        Command command = Command.PutItem.of(new TableId(99), item(id, "lost"));
        return record(WalCodec.encode(SCHEMA, Envelope.of(RequestId.random(random), command)));
    }

    public WalRecord control(Command command) {
        return record(WalCodec.encodeControl(Envelope.of(RequestId.random(random), command)));
    }

    /** The table, then {@code count} items {@code item-000000} and so on, with random text of that length. */
    public List<WalRecord> items(int count, int textLength) {
        List<WalRecord> records = new ArrayList<>();
        records.add(open());
        for (int i = 0; i < count; i++) {
            records.add(put(id(i), text(textLength)));
        }
        return records;
    }

    public static String id(int number) {
        return "item-%06d".formatted(number);
    }

    public String text(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    public WalRecord record(WalPayload payload) {
        long offset = nextOffset++;
        return new WalRecord(
                shard, new Lsn(offset), START_MS + offset, payload.key(), payload.value(), payload.headers());
    }

    public static Item item(String id, String text) {
        return Item.of(Map.of("id", new AttributeValue.S(id), "text", new AttributeValue.S(text)));
    }

    public static PrimaryKey key(String id) {
        return new PrimaryKey(new AttributeValue.S(id), Optional.empty());
    }

    public static ItemKey itemKey(String id) {
        return KeyEncoding.encode(TABLE, SCHEMA, key(id));
    }
}
