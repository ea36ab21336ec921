package io.tidemark.materializer.core;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.value.ItemSize;
import io.tidemark.schema.wire.ItemCodec;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An item with the LSN that wrote it, in its stored form:
 * {@code LSN (8 bytes, big-endian) · item size (4 bytes, big-endian) · encoded item}. Equal content has equal bytes. The size
 * is kept so that overwriting, counting and paging need not decode the item; that is done when it is first asked for. Safe to
 * share between threads: at worst two of them decode.
 */
public final class StoredItem {
    private static final int SIZE_OFFSET = Long.BYTES;
    private static final int ITEM_OFFSET = SIZE_OFFSET + Integer.BYTES;

    private final Bytes encoded;
    private volatile @Nullable Item item;

    private StoredItem(Bytes encoded, @Nullable Item item) {
        this.encoded = encoded;
        this.item = item;
    }

    public static StoredItem of(Lsn lsn, Item item) {
        return of(lsn, item, ItemSize.of(item));
    }

    /** @param sizeBytes as {@link ItemSize} gives it; for a caller that had to know it before */
    static StoredItem of(Lsn lsn, Item item, int sizeBytes) {
        byte[] content = ItemCodec.encode(item);
        byte[] bytes = ByteBuffer.allocate(ITEM_OFFSET + content.length)
                .putLong(lsn.offset())
                .putInt(sizeBytes)
                .put(content)
                .array();
        return new StoredItem(Bytes.wrap(bytes), item);
    }

    /** @param encoded as {@link #encoded} gave it; the caller has checked its CRC */
    public static StoredItem ofEncoded(Bytes encoded) {
        if (encoded.length() < ITEM_OFFSET) {
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

    /** By DynamoDB's accounting; read from the stored form, without decoding the item. */
    public int sizeBytes() {
        return ByteBuffer.wrap(encoded.array()).getInt(SIZE_OFFSET);
    }

    /** @throws IllegalStateException if the bytes are no item, which a checked CRC rules out but for a bug */
    public Item item() {
        Item known = item;
        if (known == null) {
            known = ItemCodec.decodeStored(encoded.array(), ITEM_OFFSET, encoded.length() - ITEM_OFFSET);
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
