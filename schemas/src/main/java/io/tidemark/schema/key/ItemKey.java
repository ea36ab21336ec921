package io.tidemark.schema.key;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.TableId;
import java.nio.ByteBuffer;

/**
 * A primary key as it stands in the store and as the key of its WAL records:
 * {@code table id (4 bytes, big-endian) · key hash (4, big-endian) · encoded partition key · encoded sort key}.
 * Byte order is: table, then key hash (unsigned), then partition key, then sort key in DynamoDB's order.
 * Made by {@link KeyEncoding} only.
 */
public record ItemKey(Bytes bytes) implements Comparable<ItemKey> {
    /** Bytes before the encoded partition key. */
    public static final int PREFIX_BYTES = 8;

    public ItemKey {
        if (bytes.length() <= PREFIX_BYTES) {
            throw new IllegalArgumentException("item key too short: " + bytes.length() + " bytes");
        }
    }

    public TableId tableId() {
        return new TableId(ByteBuffer.wrap(bytes.array()).getInt(0));
    }

    /** 32 bits, to be read as unsigned. */
    public int keyHash() {
        return ByteBuffer.wrap(bytes.array()).getInt(4);
    }

    @Override
    public int compareTo(ItemKey other) {
        return bytes.compareTo(other.bytes);
    }
}
