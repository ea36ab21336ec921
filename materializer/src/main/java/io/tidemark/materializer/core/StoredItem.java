package io.tidemark.materializer.core;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.wire.ItemCodec;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An item with the LSN that wrote it, in its stored form: {@code LSN (8 bytes, big-endian) · encoded item}. Equal content has
 * equal bytes. The item is decoded when first asked for. Safe to share between threads: at worst two of them decode.
 */
public final class StoredItem {
    private static final int LSN_BYTES = Long.BYTES;

    private final Bytes encoded;
    private volatile @Nullable Item item;

    private StoredItem(Bytes encoded, @Nullable Item item) {
        this.encoded = encoded;
        this.item = item;
    }

    public static StoredItem of(Lsn lsn, Item item) {
        byte[] content = ItemCodec.encode(item);
        byte[] bytes = ByteBuffer.allocate(LSN_BYTES + content.length)
                .putLong(lsn.offset())
                .put(content)
                .array();
        return new StoredItem(Bytes.wrap(bytes), item);
    }

    /** @param encoded as {@link #encoded} gave it; the caller has checked its CRC */
    public static StoredItem ofEncoded(Bytes encoded) {
        if (encoded.length() < LSN_BYTES) {
            throw new IllegalArgumentException("stored item too short: " + encoded.length() + " bytes");
        }
        return new StoredItem(encoded, null);
    }

    public Bytes encoded() {
        return encoded;
    }

    public Lsn lsn() {
        return new Lsn(ByteBuffer.wrap(encoded.array()).getLong(0));
    }

    /** @throws IllegalStateException if the bytes are no item, which a checked CRC rules out but for a bug */
    public Item item() {
        Item known = item;
        if (known == null) {
            known = ItemCodec.decodeStored(encoded.array(), LSN_BYTES, encoded.length() - LSN_BYTES);
            item = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredItem stored && encoded.equals(stored.encoded);
    }

    @Override
    public int hashCode() {
        return encoded.hashCode();
    }
}
