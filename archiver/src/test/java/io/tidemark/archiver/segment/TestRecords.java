package io.tidemark.archiver.segment;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.RecordHeader;
import io.tidemark.schema.wire.WalRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Records with every shape that a producer can give them: empty keys and values, no headers, many headers. */
public final class TestRecords {
    private static final long START_MS = 1_750_000_000_000L;

    private TestRecords() {}

    public static List<WalRecord> random(RandomGenerator random, ShardId shard, long first, int count, int maxBytes) {
        List<WalRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(new WalRecord(
                    shard,
                    new Lsn(first + i),
                    START_MS + random.nextInt(100_000),
                    bytes(random, random.nextInt(40)),
                    bytes(random, random.nextInt(maxBytes + 1)),
                    headers(random)));
        }
        return records;
    }

    public static Segment segment(List<WalRecord> records, Sha256 previous) {
        SegmentWriter writer =
                new SegmentWriter(records.getFirst().shard(), records.getFirst().lsn(), previous);
        records.forEach(writer::append);
        return writer.finish();
    }

    private static List<RecordHeader> headers(RandomGenerator random) {
        List<RecordHeader> headers = new ArrayList<>();
        int count = random.nextInt(5) == 0 ? random.nextInt(20) : 2;
        for (int i = 0; i < count; i++) {
            headers.add(new RecordHeader(random.nextInt(3) + "-prüfsumme", bytes(random, random.nextInt(17))));
        }
        return headers;
    }

    /** Half noise, half runs, so that it compresses to some degree. */
    private static Bytes bytes(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (length & 0xff);
        }
        return Bytes.wrap(bytes);
    }
}
