package io.tidemark.archiver.segment;

import io.tidemark.archiver.segment.AvroInput.MalformedException;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.avro.ArchivedRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.SchemaNormalization;

/**
 * The header of an Avro object container file (Avro 1.12 specification, "Object Container Files") in the one encoding that
 * this format admits: fixed keys in a fixed order, one map block, shortest numbers, and a sync marker that is the start of the
 * SHA-256 of all bytes before it. A reader encodes what it decoded and compares, so every bit is covered.
 */
final class HeaderCodec {
    static final int SYNC_BYTES = 16;
    /** More than any header needs; bounds what is looked at before anything is known of the object. */
    static final int MAX_HEADER_BYTES = 4096;

    private static final byte[] MAGIC = {'O', 'b', 'j', 1};
    private static final String FORMAT = "1";
    /** Avro's parsing canonical form: the same bytes whatever library writes it. */
    private static final String SCHEMA = SchemaNormalization.toParsingForm(ArchivedRecord.getClassSchema());

    private static final String FORMAT_KEY = "tidemark.format";
    private static final String SHARD_KEY = "tidemark.shard";
    private static final String FIRST_LSN_KEY = "tidemark.first.lsn";
    private static final String LAST_LSN_KEY = "tidemark.last.lsn";
    private static final String RECORD_COUNT_KEY = "tidemark.record.count";
    private static final String MIN_TIMESTAMP_KEY = "tidemark.min.timestamp.ms";
    private static final String MAX_TIMESTAMP_KEY = "tidemark.max.timestamp.ms";
    private static final String PREVIOUS_KEY = "tidemark.previous.sha256";
    private static final String BLOCKS_KEY = "tidemark.blocks.sha256";

    private HeaderCodec() {}

    /** All bytes of the header; the last {@value #SYNC_BYTES} are the sync marker. */
    static byte[] encode(SegmentHeader header) {
        Map<String, String> metadata = metadata(header);
        AvroOutput out = new AvroOutput(MAX_HEADER_BYTES);
        out.writeFixed(MAGIC, 0, MAGIC.length);
        out.writeLong(metadata.size());
        metadata.forEach((key, value) -> {
            out.writeBytes(key.getBytes(StandardCharsets.UTF_8));
            out.writeBytes(value.getBytes(StandardCharsets.UTF_8));
        });
        out.writeLong(0);
        MessageDigest digest = Sha256.start();
        digest.update(out.array(), 0, out.length());
        out.writeFixed(digest.digest(), 0, SYNC_BYTES);
        return out.toByteArray();
    }

    /** Leaves {@code in} at the first block. */
    static SegmentHeader decode(AvroInput in) throws MalformedException {
        int start = in.position();
        SegmentHeader header = parse(readMetadata(in));
        in.skip(SYNC_BYTES);
        byte[] expected = encode(header);
        int mismatch = Arrays.mismatch(expected, 0, expected.length, in.array(), start, in.position());
        if (mismatch >= 0) {
            throw new MalformedException("the header is not the encoding of the values in it, from byte " + mismatch);
        }
        return header;
    }

    private static Map<String, String> metadata(SegmentHeader header) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("avro.schema", SCHEMA);
        metadata.put("avro.codec", "zstandard");
        metadata.put(FORMAT_KEY, FORMAT);
        metadata.put(SHARD_KEY, header.shard().toString());
        metadata.put(FIRST_LSN_KEY, header.first().toString());
        metadata.put(LAST_LSN_KEY, header.last().toString());
        metadata.put(RECORD_COUNT_KEY, Long.toString(header.recordCount()));
        metadata.put(MIN_TIMESTAMP_KEY, Long.toString(header.minTimestampMs()));
        metadata.put(MAX_TIMESTAMP_KEY, Long.toString(header.maxTimestampMs()));
        metadata.put(PREVIOUS_KEY, header.previous().toString());
        metadata.put(BLOCKS_KEY, header.blocks().toString());
        return metadata;
    }

    private static Map<String, String> readMetadata(AvroInput in) throws MalformedException {
        if (!Arrays.equals(MAGIC, in.readFixed(MAGIC.length))) {
            throw new MalformedException("not an Avro object container file");
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        int count = in.readSize(MAX_HEADER_BYTES);
        for (int i = 0; i < count; i++) {
            String key = readString(in);
            metadata.put(key, readString(in));
        }
        if (in.readLong() != 0) {
            throw new MalformedException("metadata in more than one block");
        }
        return metadata;
    }

    private static String readString(AvroInput in) throws MalformedException {
        return new String(in.readFixed(in.readSize(MAX_HEADER_BYTES)), StandardCharsets.UTF_8);
    }

    private static SegmentHeader parse(Map<String, String> metadata) throws MalformedException {
        String format = value(metadata, FORMAT_KEY);
        if (!format.equals(FORMAT)) {
            throw new MalformedException("segment format " + format + "; this release reads format " + FORMAT);
        }
        try {
            return new SegmentHeader(
                    new ShardId(Integer.parseInt(value(metadata, SHARD_KEY))),
                    new Lsn(Long.parseLong(value(metadata, FIRST_LSN_KEY))),
                    new Lsn(Long.parseLong(value(metadata, LAST_LSN_KEY))),
                    Long.parseLong(value(metadata, MIN_TIMESTAMP_KEY)),
                    Long.parseLong(value(metadata, MAX_TIMESTAMP_KEY)),
                    Sha256.parse(value(metadata, PREVIOUS_KEY)),
                    Sha256.parse(value(metadata, BLOCKS_KEY)));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("a header value is not valid: " + e.getMessage());
        }
    }

    private static String value(Map<String, String> metadata, String key) throws MalformedException {
        String value = metadata.get(key);
        if (value == null) {
            throw new MalformedException("the header has no " + key);
        }
        return value;
    }
}
