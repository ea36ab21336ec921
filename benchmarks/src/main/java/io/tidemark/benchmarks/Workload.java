package io.tidemark.benchmarks;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.command.ReturnValues;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.key.KeyAttribute;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Seeded records of one shard: the first opens a table, all others write to it. A put's record has about 200 bytes of key and
 * value. Not thread-safe.
 */
final class Workload {
    static final ShardId SHARD = new ShardId(0);
    static final TableId TABLE = new TableId(1);
    static final KeySchema KEY_SCHEMA = KeySchema.of(new KeyAttribute("id", KeyType.S));

    private static final long SEED = 20_150_912;
    private static final long FIRST_TIMESTAMP_MS = 1_442_016_000_000L;
    private static final int NOTE_BYTES = 96;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final int keys;

    /** @param keys how many different items there are to write to */
    Workload(int keys) {
        this.keys = keys;
    }

    /** The table's opening and then puts of random keys, in order of their LSNs from 0. */
    List<WalRecord> puts(int count) {
        List<WalRecord> records = new ArrayList<>(count + 1);
        records.add(open());
        for (int i = 1; i <= count; i++) {
            records.add(record(new Lsn(i), put(random.nextInt(keys))));
        }
        return records;
    }

    WalRecord open() {
        Command open = new Command.OpenPartition(TABLE, KEY_SCHEMA, HashRange.ALL);
        return record(Lsn.FIRST, WalCodec.encodeControl(Envelope.of(RequestId.random(random), open)));
    }

    WalPayload put(int key) {
        return WalCodec.encode(KEY_SCHEMA, Envelope.of(RequestId.random(random), Command.PutItem.of(TABLE, item(key))));
    }

    /** Counts up, if the item is there. */
    WalPayload conditionalUpdate(int key) {
        UpdateExpression update =
                UpdateExpression.of(new UpdateAction.Add(DocumentPath.of("count"), AttributeValue.N.of(1)));
        Condition exists = new Condition.AttributeExists(DocumentPath.of("id"));
        Command command =
                new Command.UpdateItem(TABLE, key(key), update, Optional.of(exists), ReturnValues.NONE, false);
        return WalCodec.encode(KEY_SCHEMA, Envelope.of(RequestId.random(random), command));
    }

    static WalRecord record(Lsn lsn, WalPayload payload) {
        return new WalRecord(
                SHARD, lsn, FIRST_TIMESTAMP_MS + lsn.offset(), payload.key(), payload.value(), payload.headers());
    }

    Item item(int key) {
        byte[] note = new byte[NOTE_BYTES];
        random.nextBytes(note);
        return Item.of(Map.of(
                "id", text(key),
                "count", AttributeValue.N.of(random.nextInt(1_000_000)),
                "note", new AttributeValue.B(Bytes.wrap(note))));
    }

    static PrimaryKey key(int key) {
        return PrimaryKey.of(text(key));
    }

    private static AttributeValue text(int key) {
        return new AttributeValue.S(String.format(Locale.ROOT, "item-%08d", key));
    }
}
