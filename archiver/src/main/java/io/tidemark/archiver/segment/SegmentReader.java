package io.tidemark.archiver.segment;

import com.github.luben.zstd.Zstd;
import io.tidemark.archiver.segment.AvroInput.MalformedException;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.wire.WalRecord;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A segment whose every bit has been checked, and its records. Immutable and thread-safe; each iterator is for one thread
 * and holds one decoded block at a time.
 *
 * <p>Opening checks the header (see {@link HeaderCodec}), the hash of the blocks, every sync marker, and that nothing
 * follows. Iterating checks that the records are those that the header names: shard, contiguous LSNs, count, times. An
 * iterator throws {@link DamagedSegmentException} where they are not.
 */
public final class SegmentReader implements Iterable<WalRecord> {
    private record Block(int recordCount, int start, int end) {}

    private final Bytes content;
    private final SegmentHeader header;
    private final List<Block> blocks;
    private final Sha256 sha256;

    private SegmentReader(Bytes content, SegmentHeader header, List<Block> blocks) {
        this.content = content;
        this.header = header;
        this.blocks = blocks;
        this.sha256 = Sha256.of(content);
    }

    /**
     * @param key where the object was found; must be the one that its content is for
     * @throws DamagedSegmentException if the object differs in any bit from what was once written under that key
     */
    public static SegmentReader open(String key, Bytes content) {
        try {
            AvroInput in = new AvroInput(content.array(), 0, content.length());
            SegmentHeader header = HeaderCodec.decode(in);
            if (!SegmentName.parse(key).equals(Optional.of(header.name()))) {
                throw new MalformedException("its content belongs to " + header.name());
            }
            return new SegmentReader(content, header, readBlocks(header, in));
        } catch (MalformedException e) {
            throw new DamagedSegmentException(key, e.reason());
        }
    }

    public SegmentHeader header() {
        return header;
    }

    public SegmentName name() {
        return header.name();
    }

    /** Of the whole object: what the next segment names as its predecessor. */
    public Sha256 sha256() {
        return sha256;
    }

    public long sizeBytes() {
        return content.length();
    }

    /** Reads every record; what remains unchecked by {@link #open} is checked afterwards. */
    public void verifyRecords() {
        iterator().forEachRemaining(ignored -> {});
    }

    @Override
    public Iterator<WalRecord> iterator() {
        return new RecordIterator();
    }

    private static List<Block> readBlocks(SegmentHeader header, AvroInput in) throws MalformedException {
        byte[] content = in.array();
        int syncStart = in.position() - HeaderCodec.SYNC_BYTES;
        int syncEnd = in.position();
        MessageDigest digest = Sha256.start();
        List<Block> blocks = new ArrayList<>();
        while (in.remaining() > 0) {
            int blockStart = in.position();
            int recordCount = in.readSize(Integer.MAX_VALUE);
            int size = in.readSize(in.remaining());
            int start = in.skip(size);
            digest.update(content, blockStart, in.position() - blockStart);
            int sync = in.skip(HeaderCodec.SYNC_BYTES);
            if (!Arrays.equals(content, syncStart, syncEnd, content, sync, in.position())) {
                throw new MalformedException("the block at byte " + blockStart + " ends with a wrong sync marker");
            }
            blocks.add(new Block(recordCount, start, start + size));
        }
        Sha256 actual = Sha256.finish(digest);
        if (!actual.equals(header.blocks())) {
            throw new MalformedException(
                    "the hash of its blocks is " + actual + ", its header says " + header.blocks());
        }
        return List.copyOf(blocks);
    }

    private AvroInput decompress(Block block) throws MalformedException {
        int compressedBytes = block.end - block.start;
        long size = Zstd.getFrameContentSize(content.array(), block.start, compressedBytes);
        if (size < 0 || size > SegmentWriter.BLOCK_BYTES + SegmentWriter.MAX_RECORD_BYTES) {
            throw new MalformedException("the block at byte " + block.start + " has no admissible size: " + size);
        }
        byte[] records = new byte[(int) size];
        long result =
                Zstd.decompressByteArray(records, 0, records.length, content.array(), block.start, compressedBytes);
        if (result != size) {
            throw new MalformedException("the block at byte " + block.start + " does not decompress to " + size
                    + " bytes: " + (Zstd.isError(result) ? Zstd.getErrorName(result) : Long.toString(result)));
        }
        return new AvroInput(records, 0, records.length);
    }

    private final class RecordIterator implements Iterator<WalRecord> {
        private final RecordCodec codec = new RecordCodec();
        private int blockIndex;
        private int blockRecordsLeft;
        private AvroInput block = new AvroInput(new byte[0], 0, 0);
        private Lsn next = header.first();
        private long minTimestampMs = Long.MAX_VALUE;
        private long maxTimestampMs = Long.MIN_VALUE;

        @Override
        public boolean hasNext() {
            return !next.isAfter(header.last());
        }

        @Override
        public WalRecord next() {
            if (!hasNext()) {
                throw new NoSuchElementException("segment " + name() + " ends at LSN " + header.last());
            }
            try {
                return read();
            } catch (MalformedException e) {
                throw new DamagedSegmentException(name().key(), e.reason());
            }
        }

        private WalRecord read() throws MalformedException {
            while (blockRecordsLeft == 0) {
                nextBlock();
            }
            WalRecord result = codec.decode(header.shard(), block);
            blockRecordsLeft--;
            if (!result.lsn().equals(next)) {
                throw new MalformedException("holds LSN " + result.lsn() + " where " + next + " is expected");
            }
            minTimestampMs = Math.min(minTimestampMs, result.timestampMs());
            maxTimestampMs = Math.max(maxTimestampMs, result.timestampMs());
            next = next.next();
            if (!hasNext()) {
                checkEnd();
            }
            return result;
        }

        private void nextBlock() throws MalformedException {
            checkBlockEnd();
            if (blockIndex == blocks.size()) {
                throw new MalformedException(
                        "ends before LSN " + next + ", its header says that it ends with " + header.last());
            }
            Block info = blocks.get(blockIndex++);
            block = decompress(info);
            blockRecordsLeft = info.recordCount;
        }

        private void checkBlockEnd() throws MalformedException {
            if (block.remaining() > 0) {
                throw new MalformedException("bytes follow the last record of block " + (blockIndex - 1));
            }
        }

        private void checkEnd() throws MalformedException {
            checkBlockEnd();
            if (blockRecordsLeft > 0 || blockIndex < blocks.size()) {
                throw new MalformedException(
                        "goes on after LSN " + header.last() + ", which is the last according to its header");
            }
            if (minTimestampMs != header.minTimestampMs() || maxTimestampMs != header.maxTimestampMs()) {
                throw new MalformedException("holds times from " + minTimestampMs + " to " + maxTimestampMs
                        + ", its header says from " + header.minTimestampMs() + " to " + header.maxTimestampMs());
            }
        }
    }
}
