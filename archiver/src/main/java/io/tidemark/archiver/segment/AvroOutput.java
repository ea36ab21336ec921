package io.tidemark.archiver.segment;

import java.util.Arrays;

/** Avro's binary encoding into a growing array. */
final class AvroOutput {
    private static final int MAX_VARINT_BYTES = 10;

    private byte[] array;
    private int length;

    AvroOutput(int initialCapacityBytes) {
        array = new byte[initialCapacityBytes];
    }

    /** Zigzag, then base-128 varint, least significant group first. */
    void writeLong(long value) {
        reserve(MAX_VARINT_BYTES);
        long bits = (value << 1) ^ (value >> 63);
        while ((bits & ~0x7fL) != 0) {
            array[length++] = (byte) (bits | 0x80);
            bits >>>= 7;
        }
        array[length++] = (byte) bits;
    }

    /** Length, then bytes: Avro's {@code bytes}, and its {@code string} if they are UTF-8. */
    void writeBytes(byte[] bytes) {
        writeLong(bytes.length);
        writeFixed(bytes, 0, bytes.length);
    }

    void writeFixed(byte[] bytes, int offset, int count) {
        reserve(count);
        System.arraycopy(bytes, offset, array, length, count);
        length += count;
    }

    /** The backing array: valid up to {@link #length}, and until the next write. */
    byte[] array() {
        return array;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(array, length);
    }

    private void reserve(int count) {
        int needed = Math.addExact(length, count);
        if (needed > array.length) {
            array = Arrays.copyOf(array, Math.max(needed, (int) Math.min(2L * array.length, Integer.MAX_VALUE - 8)));
        }
    }
}
