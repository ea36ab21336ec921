package io.tidemark.schema.wire;

import io.tidemark.schema.Bytes;
import java.util.List;

/** What a producer sends: a WAL record before the log gave it an LSN and a time. */
public record WalPayload(Bytes key, Bytes value, List<RecordHeader> headers) {
    public WalPayload {
        headers = List.copyOf(headers);
        if (key.length() == 0) {
            throw new IllegalArgumentException(
                    "every WAL record needs a key: records without one are dropped on restore");
        }
    }

    /** Size of key, value and headers together in bytes, without framing; header names count as their longest encoding. */
    public long sizeBytes() {
        long sizeBytes = (long) key.length() + value.length();
        for (RecordHeader header : headers) {
            // Kafka encodes header names as UTF-8: at most three bytes for each char.
            sizeBytes += 3L * header.key().length() + header.value().length();
        }
        return sizeBytes;
    }
}
