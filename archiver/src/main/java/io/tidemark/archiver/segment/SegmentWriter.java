package io.tidemark.archiver.segment;

import com.github.luben.zstd.Zstd;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.WalRecord;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Builds one segment from records in order. The same records, shard and predecessor give the same bytes (of one release of
 * the zstd library). When to cut is the caller's decision. Not thread-safe; holds compressed blocks and one open block.
 */
public final class SegmentWriter {
    /** A block is closed when its records reach this many bytes. */
    static final int BLOCK_BYTES = 256 * 1024;
    /** Greatest encoded record, far above what Kafka admits by default; bounds what a reader decompresses at once. */
    static final int MAX_RECORD_BYTES = 64 * 1024 * 1024;

    private static final int COMPRESSION_LEVEL = 3;

    private final ShardId shard;
    private final Lsn first;
    private final Sha256 previous;
    private final List<byte[]> blocks = new ArrayList<>();
    private final MessageDigest blocksDigest = Sha256.start();
    private final AvroOutput openBlock = new AvroOutput(BLOCK_BYTES + 4096);
    private int openBlockRecords;
    private Lsn next;
    private long minTimestampMs = Long.MAX_VALUE;
    private long maxTimestampMs = Long.MIN_VALUE;
    private long closedBytes;
    private long closedUncompressedBytes;

    /**
     * @param first LSN of the first record to come
     * @param previous hash of the segment that ends before {@code first}, {@link Sha256#ZERO} if there is none
     */
    public SegmentWriter(ShardId shard, Lsn first, Sha256 previous) {
        this.shard = shard;
        this.first = first;
        this.previous = previous;
        this.next = first;
    }

    /** @throws IllegalArgumentException unless the record is of this shard, the next in order, and at most 64 MiB */
    public void append(WalRecord source) {
        if (!source.shard().equals(shard)) {
            throw new IllegalArgumentException("record is of shard " + source.shard() + ", segment of shard " + shard);
        }
        if (!source.lsn().equals(next)) {
            throw new IllegalArgumentException("record has LSN " + source.lsn() + ", next of the segment is " + next);
        }
        int before = openBlock.length();
        RecordCodec.encode(source, openBlock);
        if (openBlock.length() - before > MAX_RECORD_BYTES) {
            throw new IllegalArgumentException("record " + next + " of shard " + shard + " has more than "
                    + MAX_RECORD_BYTES + " bytes: lower the topic's max.message.bytes");
        }
        openBlockRecords++;
        next = next.next();
        minTimestampMs = Math.min(minTimestampMs, source.timestampMs());
        maxTimestampMs = Math.max(maxTimestampMs, source.timestampMs());
        if (openBlock.length() >= BLOCK_BYTES) {
            closeBlock();
        }
    }

    public ShardId shard() {
        return shard;
    }

    /** LSN of the next record to append. */
    public Lsn next() {
        return next;
    }

    public boolean isEmpty() {
        return next.equals(first);
    }

    /** About what the object will have: closed blocks as compressed, the open one as it is. */
    public long sizeBytes() {
        return closedBytes + openBlock.length();
    }

    /** Records as encoded, before compression. */
    public long uncompressedBytes() {
        return closedUncompressedBytes + openBlock.length();
    }

    /**
     * Call once; append nothing afterwards.
     *
     * @throws IllegalStateException if no record was appended
     */
    public Segment finish() {
        if (isEmpty()) {
            throw new IllegalStateException("a segment needs at least one record");
        }
        closeBlock();
        SegmentHeader header = new SegmentHeader(
                shard,
                first,
                new Lsn(next.offset() - 1),
                minTimestampMs,
                maxTimestampMs,
                previous,
                Sha256.finish(blocksDigest));
        byte[] encodedHeader = HeaderCodec.encode(header);
        int syncStart = encodedHeader.length - HeaderCodec.SYNC_BYTES;
        long sizeBytes = encodedHeader.length + closedBytes + (long) blocks.size() * HeaderCodec.SYNC_BYTES;
        AvroOutput out = new AvroOutput(Math.toIntExact(sizeBytes));
        out.writeFixed(encodedHeader, 0, encodedHeader.length);
        for (byte[] block : blocks) {
            out.writeFixed(block, 0, block.length);
            out.writeFixed(encodedHeader, syncStart, HeaderCodec.SYNC_BYTES);
        }
        blocks.clear();
        Bytes content = Bytes.wrap(out.array());
        return new Segment(header, content, Sha256.of(content));
    }

    private void closeBlock() {
        if (openBlockRecords == 0) {
            return;
        }
        byte[] compressed = compress();
        AvroOutput out = new AvroOutput(compressed.length + 20);
        out.writeLong(openBlockRecords);
        out.writeBytes(compressed);
        byte[] block = out.toByteArray();
        blocks.add(block);
        blocksDigest.update(block);
        closedBytes += block.length;
        closedUncompressedBytes += openBlock.length();
        openBlock.clear();
        openBlockRecords = 0;
    }

    private byte[] compress() {
        byte[] compressed = new byte[Math.toIntExact(Zstd.compressBound(openBlock.length()))];
        long size = Zstd.compressByteArray(
                compressed, 0, compressed.length, openBlock.array(), 0, openBlock.length(), COMPRESSION_LEVEL);
        if (Zstd.isError(size)) {
            throw new IllegalStateException("zstd cannot compress: " + Zstd.getErrorName(size));
        }
        return Arrays.copyOf(compressed, (int) size);
    }
}
