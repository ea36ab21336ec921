package io.tidemark.launcher.bench;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
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
import java.util.Map;
import java.util.SplittableRandom;

/** Puts whose records have {@value #RECORD_BYTES} bytes of key and value, give or take a few. */
final class Workload {
    /** What the floor's records have. */
    static final int RECORD_BYTES = 200;

    static final String TABLE_NAME = "bench";
    static final KeySchema KEY_SCHEMA = KeySchema.of(new KeyAttribute("id", KeyType.S));

    /** Of a log that no cluster has. */
    static final TableId LOCAL_TABLE = new TableId(1);

    static final ShardId LOCAL_SHARD = new ShardId(0);

    private static final int NOTE_BYTES = 96;
    private static final int MAX_COUNT = 1_000_000;

    private Workload() {}

    static Item item(int key, SplittableRandom random) {
        byte[] note = new byte[NOTE_BYTES];
        random.nextBytes(note);
        return Item.of(Map.of(
                "id", idValue(key),
                "count", AttributeValue.N.of(random.nextInt(MAX_COUNT)),
                "note", new AttributeValue.B(Bytes.wrap(note))));
    }

    static PrimaryKey key(int key) {
        return PrimaryKey.of(idValue(key));
    }

    private static AttributeValue idValue(int key) {
        return new AttributeValue.S(id(key));
    }

    static String id(int key) {
        // The digits are written by hand: formatting would cost more than the rest of the operation.
        char[] text = "item-00000000".toCharArray();
        int rest = key;
        for (int i = text.length - 1; rest > 0; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        return new String(text);
    }

    static WalPayload put(TableId table, int key, SplittableRandom random) {
        Command command = Command.PutItem.of(table, item(key, random));
        return WalCodec.encode(KEY_SCHEMA, Envelope.of(RequestId.random(random), command));
    }

    /** The opening of {@link #LOCAL_TABLE}: the first record of its log. */
    static WalRecord open(SplittableRandom random) {
        Command open = new Command.OpenPartition(LOCAL_TABLE, KEY_SCHEMA, HashRange.ALL);
        return record(Lsn.FIRST, WalCodec.encodeControl(Envelope.of(RequestId.random(random), open)));
    }

    /** A thousand records a second, from 2015-09-12 on. */
    static WalRecord record(Lsn lsn, WalPayload payload) {
        long timestampMs = 1_442_016_000_000L + lsn.offset();
        return new WalRecord(LOCAL_SHARD, lsn, timestampMs, payload.key(), payload.value(), payload.headers());
    }
}
