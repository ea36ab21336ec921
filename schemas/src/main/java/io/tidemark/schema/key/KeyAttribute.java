package io.tidemark.schema.key;

import io.tidemark.schema.value.Utf8;

/** One key attribute of a table. The name has 1 to 255 bytes of UTF-8, as DynamoDB limits it. */
public record KeyAttribute(String name, KeyType type) {
    public static final int MAX_NAME_BYTES = 255;

    public KeyAttribute {
        if (!Utf8.isWellFormed(name)) {
            throw new IllegalArgumentException("key attribute name has an unpaired surrogate");
        }
        int bytes = Utf8.length(name);
        if (bytes == 0 || bytes > MAX_NAME_BYTES) {
            throw new IllegalArgumentException(
                    "key attribute name must have 1 to " + MAX_NAME_BYTES + " bytes, has " + bytes);
        }
    }
}
