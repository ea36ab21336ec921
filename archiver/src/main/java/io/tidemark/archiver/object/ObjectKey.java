package io.tidemark.archiver.object;

import io.tidemark.schema.Bytes;
import java.nio.charset.StandardCharsets;

/** What S3 admits as a key. */
final class ObjectKey {
    static final int MAX_BYTES = 1024;

    private ObjectKey() {}

    /** @throws IllegalArgumentException unless {@code key} has 1 to 1,024 bytes in UTF-8 */
    static Bytes encode(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "an object key must have 1 to " + MAX_BYTES + " bytes, this has " + bytes.length);
        }
        return Bytes.wrap(bytes);
    }
}
