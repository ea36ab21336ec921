package io.tidemark.archiver.segment;

import io.tidemark.archiver.segment.AvroInput.MalformedException;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.RecordHeader;
import io.tidemark.schema.wire.WalRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Encodes and decodes {@code ArchivedRecord} without generated classes in between. Not thread-safe: it remembers header keys. */
final class RecordCodec {
    /** Headers of a record whose keys are remembered, so that equal keys are one string. */
    private static final int REMEMBERED_KEYS = 8;
    /** A header's two lengths. */
    private static final int LEAST_HEADER_BYTES = 2;

    private final byte[][] encodedKeys = new byte[REMEMBERED_KEYS][];
    private final @Nullable String[] keys = new String[REMEMBERED_KEYS];

    static void encode(WalRecord source, AvroOutput out) {
        out.writeLong(source.lsn().offset());
        out.writeLong(source.timestampMs());
        out.writeBytes(source.key().array());
        out.writeBytes(source.value().array());
        if (!source.headers().isEmpty()) {
            out.writeLong(source.headers().size());
            for (RecordHeader header : source.headers()) {
                out.writeBytes(header.key().getBytes(StandardCharsets.UTF_8));
                out.writeBytes(header.value().array());
            }
        }
        out.writeLong(0);
    }

    WalRecord decode(ShardId shard, AvroInput in) throws MalformedException {
        long lsn = in.readLong();
        if (lsn < 0) {
            throw new MalformedException("negative LSN " + lsn);
        }
        long timestampMs = in.readLong();
        Bytes key = Bytes.wrap(in.readBytes());
        Bytes value = Bytes.wrap(in.readBytes());
        return new WalRecord(shard, new Lsn(lsn), timestampMs, key, value, decodeHeaders(in));
    }

    private List<RecordHeader> decodeHeaders(AvroInput in) throws MalformedException {
        int count = in.readSize(in.remaining() / LEAST_HEADER_BYTES);
        if (count == 0) {
            return List.of();
        }
        RecordHeader[] headers = new RecordHeader[count];
        for (int i = 0; i < count; i++) {
            String key = headerKey(i, in);
            headers[i] = new RecordHeader(key, Bytes.wrap(in.readBytes()));
        }
        if (in.readLong() != 0) {
            throw new MalformedException("headers in more than one block before byte " + in.position());
        }
        return List.of(headers);
    }

    private String headerKey(int index, AvroInput in) throws MalformedException {
        int length = in.readSize(in.remaining());
        int start = in.skip(length);
        int end = start + length;
        if (index >= REMEMBERED_KEYS) {
            return new String(in.array(), start, length, StandardCharsets.UTF_8);
        }
        String known = keys[index];
        if (known != null && Arrays.equals(encodedKeys[index], 0, encodedKeys[index].length, in.array(), start, end)) {
            return known;
        }
        encodedKeys[index] = Arrays.copyOfRange(in.array(), start, end);
        String key = new String(encodedKeys[index], StandardCharsets.UTF_8);
        keys[index] = key;
        return key;
    }
}
