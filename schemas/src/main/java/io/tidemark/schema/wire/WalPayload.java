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
}
