package io.tidemark.schema.wire;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.value.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BiConsumer;

/**
 * Writes the primitives of Avro's binary encoding into a growing array. Arrays are written as one block, so that equal values
 * have equal bytes. Not thread-safe.
 */
final class WireWriter {
    private static final int INITIAL_BYTES = 512;
    private static final int MAX_VARINT_BYTES = 10;

    private byte[] buffer = new byte[INITIAL_BYTES];
    private int size;

    void writeInt(int value) {
        writeLong(value);
    }

    /** Zig-zag, then seven bits a byte, least significant first. */
    void writeLong(long value) {
        ensure(MAX_VARINT_BYTES);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            buffer[size++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    void writeBoolean(boolean value) {
        ensure(1);
        buffer[size++] = (byte) (value ? 1 : 0);
    }

    void writeBytes(Bytes value) {
        writeBytes(value.array());
    }

    void writeBytes(byte[] value) {
        writeInt(value.length);
        writeFixed(value);
    }

    /** @throws IllegalArgumentException if the text has an unpaired surrogate, for which UTF-8 has no encoding */
    void writeString(String value) {
        if (!Utf8.isWellFormed(value)) {
            throw new IllegalArgumentException("text has an unpaired surrogate");
        }
        writeBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    void writeFixed(byte[] value) {
        ensure(value.length);
        System.arraycopy(value, 0, buffer, size, value.length);
        size += value.length;
    }

    /** An enum's symbol, which has the same position in the schema as in the Java type. */
    @SuppressWarnings("EnumOrdinal") // A test compares the symbols of both, one by one.
    void writeEnum(Enum<?> value) {
        writeInt(value.ordinal());
    }

    <T> void writeArray(Collection<T> values, BiConsumer<WireWriter, ? super T> element) {
        if (!values.isEmpty()) {
            writeInt(values.size());
            for (T value : values) {
                element.accept(this, value);
            }
        }
        writeInt(0);
    }

    byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }

    private void ensure(int bytes) {
        if (buffer.length - size < bytes) {
            buffer = Arrays.copyOf(buffer, Math.max(Math.addExact(size, bytes), buffer.length << 1));
        }
    }
}
