package io.tidemark.materializer.store;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import java.nio.ByteBuffer;

/**
 * Keys and fixed-size contents at rest, all numbers big-endian. Every content is followed by its {@link Seal}.
 *
 * <pre>
 * items     store key                              LSN (8) · item
 * outcomes  LSN (8)                                request id (16) · log time (8) · outcome
 * meta      'F'                                    format version (4) · shard (4)
 *           'P'                                    position, see {@link Position}
 *           'L' · lane (1)                         lane sum (32)
 *           'T' · table id (4)                     table, see {@link TableCodec}
 *           'S' · binding (4) · partition (4)      source offset (8)
 *           'R' · LSN (8)                          rejection, see {@link RejectionCodec}
 * </pre>
 */
final class StoreFormat {
    static final int VERSION = 1;

    static final byte FORMAT = 'F';
    static final byte POSITION = 'P';
    static final byte LANE = 'L';
    static final byte TABLE = 'T';
    static final byte SOURCE = 'S';
    static final byte REJECTION = 'R';

    static final byte[] FORMAT_KEY = {FORMAT};
    static final byte[] POSITION_KEY = {POSITION};

    private StoreFormat() {}

    static byte[] laneKey(int lane) {
        return new byte[] {LANE, (byte) lane};
    }

    static int laneOf(byte[] key) {
        return key[1] & 0xff;
    }

    static byte[] tableKey(TableId tableId) {
        return ByteBuffer.allocate(1 + Integer.BYTES)
                .put(TABLE)
                .putInt(tableId.value())
                .array();
    }

    static TableId tableIdOf(byte[] key) {
        return new TableId(ByteBuffer.wrap(key).getInt(1));
    }

    static byte[] sourceKey(SourcePartition source) {
        return ByteBuffer.allocate(1 + 2 * Integer.BYTES)
                .put(SOURCE)
                .putInt(source.bindingId())
                .putInt(source.partition())
                .array();
    }

    static byte[] sourcePrefix(int bindingId) {
        return ByteBuffer.allocate(1 + Integer.BYTES)
                .put(SOURCE)
                .putInt(bindingId)
                .array();
    }

    static SourcePartition sourceOf(byte[] key) {
        ByteBuffer buffer = ByteBuffer.wrap(key);
        return new SourcePartition(buffer.getInt(1), buffer.getInt(1 + Integer.BYTES));
    }

    static byte[] rejectionKey(Lsn lsn) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put(REJECTION)
                .putLong(lsn.offset())
                .array();
    }

    static Lsn rejectionLsnOf(byte[] key) {
        return new Lsn(ByteBuffer.wrap(key).getLong(1));
    }

    static byte[] outcomeKey(Lsn lsn) {
        return longBytes(lsn.offset());
    }

    static Lsn outcomeLsnOf(byte[] key) {
        return new Lsn(longOf(key));
    }

    static byte[] longBytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    static long longOf(byte[] content) {
        return ByteBuffer.wrap(content).getLong();
    }

    static byte[] format(ShardId shard) {
        return ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(VERSION)
                .putInt(shard.value())
                .array();
    }

    /** The first key after all that begin with the prefix. */
    static byte[] endOfPrefix(byte... prefix) {
        byte[] end = prefix.clone();
        for (int i = end.length - 1; i >= 0; i--) {
            if (++end[i] != 0) {
                return end;
            }
        }
        throw new IllegalArgumentException("no key is after the prefix " + Bytes.copyOf(prefix));
    }

    /** One partition of a bound topic; ordered by binding, then partition. */
    record SourcePartition(int bindingId, int partition) implements Comparable<SourcePartition> {
        @Override
        public int compareTo(SourcePartition other) {
            int byBinding = Integer.compare(bindingId, other.bindingId);
            return byBinding != 0 ? byBinding : Integer.compare(partition, other.partition);
        }
    }
}
