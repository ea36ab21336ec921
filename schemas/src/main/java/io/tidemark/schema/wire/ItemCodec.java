package io.tidemark.schema.wire;

import io.tidemark.schema.value.InvalidValueException;
import io.tidemark.schema.value.Item;

/**
 * Items as Avro single-object encodings, canonically: equal items have equal bytes, and bytes that this codec would not have
 * written are refused.
 */
public final class ItemCodec {
    private static final SingleObject FORMAT = new SingleObject(io.tidemark.schema.avro.Item.getClassSchema());

    private ItemCodec() {}

    /** @throws InvalidValueException if the item is nested too deep */
    public static byte[] encode(Item item) {
        WireWriter writer = FORMAT.writer();
        ValueFormat.writeItem(writer, item);
        return writer.toByteArray();
    }

    /** @throws UndecodableException if the bytes are anything but what {@link #encode} gives */
    public static Item decode(byte[] bytes, int offset, int length) throws UndecodableException {
        try {
            WireReader reader = FORMAT.reader(bytes, offset, length, true);
            Item item = ValueFormat.readItem(reader);
            reader.requireEnd();
            return item;
        } catch (InvalidValueException e) {
            throw new UndecodableException("not an item: " + e.getMessage(), e);
        }
    }

    /**
     * As {@link #decode}, for bytes that this codec wrote and whose checksum was right.
     *
     * @throws IllegalStateException if they are no item all the same
     */
    public static Item decodeStored(byte[] bytes, int offset, int length) {
        try {
            return decode(bytes, offset, length);
        } catch (UndecodableException e) {
            throw new IllegalStateException("stored item cannot be decoded: " + e.getMessage(), e);
        }
    }
}
