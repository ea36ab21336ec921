package io.tidemark.schema.wire;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.value.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the primitives of Avro's binary encoding from untrusted bytes. Unlike Avro's own decoder it bounds every length by the
 * bytes that are left before it allocates, and refuses what has a second spelling: text that is not UTF-8, booleans other
 * than 0 and 1, numbers with superfluous bytes. Not thread-safe.
 */
final class WireReader {
    /** Before the first element is read: a short record may say that millions follow. */
    static final int MAX_INITIAL_CAPACITY = 64;

    private static final int MAX_SHIFT = 63;

    private final byte[] bytes;
    private final int end;
    private final boolean canonical;
    private int position;

    /** @param canonical whether arrays must be one block without size, and in the order that the schema names */
    WireReader(byte[] bytes, int start, int length, boolean canonical) {
        if (start < 0 || length < 0 || length > bytes.length - start) {
            throw new IndexOutOfBoundsException(
                    "start " + start + ", length " + length + " of an array of " + bytes.length + " bytes");
        }
        this.bytes = bytes;
        this.position = start;
        this.end = start + length;
        this.canonical = canonical;
    }

    /** Reads one element of an array. */
    @FunctionalInterface
    interface Element<T> {
        T read(WireReader reader) throws UndecodableException;
    }

    boolean canonical() {
        return canonical;
    }

    int readInt() throws UndecodableException {
        long value = readLong();
        if (value != (int) value) {
            throw new UndecodableException("number does not fit 32 bits: " + value);
        }
        return (int) value;
    }

    long readLong() throws UndecodableException {
        long raw = 0;
        for (int shift = 0; shift <= MAX_SHIFT; shift += 7) {
            int next = readByte();
            raw |= (next & 0x7FL) << shift;
            if (next >= 0) {
                if ((next == 0 && shift > 0) || (shift == MAX_SHIFT && next > 1)) {
                    throw new UndecodableException("number with superfluous bytes");
                }
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw new UndecodableException("number longer than 64 bits");
    }

    boolean readBoolean() throws UndecodableException {
        int value = readByte();
        if (value != 0 && value != 1) {
            throw new UndecodableException("boolean is neither 0 nor 1: " + value);
        }
        return value == 1;
    }

    Bytes readBytes() throws UndecodableException {
        return Bytes.wrap(readFixed(readLength()));
    }

    byte[] readFixed(int length) throws UndecodableException {
        requireRemaining(length);
        byte[] value = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return value;
    }

    String readString() throws UndecodableException {
        int length = readLength();
        String value = new String(bytes, position, length, StandardCharsets.UTF_8);
        if (value.indexOf(Utf8.REPLACEMENT) >= 0 && !sameBytes(value, length)) {
            throw new UndecodableException("text is not UTF-8");
        }
        position += length;
        return value;
    }

    /** The number of a union's branch or an enum's symbol. */
    int readIndex(int count, String what) throws UndecodableException {
        int index = readInt();
        if (index < 0 || index >= count) {
            throw new UndecodableException("no " + what + " has the number " + index);
        }
        return index;
    }

    <E extends Enum<E>> E readEnum(E[] values, String what) throws UndecodableException {
        return values[readIndex(values.length, what)];
    }

    /** @param element takes at least one byte, which bounds how many there can be */
    <T> List<T> readArray(Element<T> element) throws UndecodableException {
        if (canonical) {
            int count = readCount();
            List<T> values = new ArrayList<>(Math.min(count, MAX_INITIAL_CAPACITY));
            readElements(count, element, values);
            readArrayEnd(count);
            return values;
        }
        List<T> values = new ArrayList<>();
        for (long count = readLong(); count != 0; count = readLong()) {
            readBlock(count, element, values);
        }
        return values;
    }

    /** The number of elements of a canonical array: all are in one block, after which comes {@link #readArrayEnd}. */
    int readCount() throws UndecodableException {
        return requireCount(readLong());
    }

    /** @param count as {@link #readCount} gave it; an empty array has no other end */
    void readArrayEnd(int count) throws UndecodableException {
        if (count > 0 && readLong() != 0) {
            throw new UndecodableException("array has more than one block");
        }
    }

    void requireEnd() throws UndecodableException {
        if (position != end) {
            throw new UndecodableException((end - position) + " bytes after the end");
        }
    }

    /** @param count negative if the size of the block in bytes follows */
    private <T> void readBlock(long count, Element<T> element, List<T> values) throws UndecodableException {
        if (count > 0) {
            readElements(requireCount(count), element, values);
            return;
        }
        int length = readLength();
        int blockEnd = position + length;
        readElements(requireCount(-count), element, values);
        if (position != blockEnd) {
            throw new UndecodableException("array block has another size than it says");
        }
    }

    private <T> void readElements(int count, Element<T> element, List<T> values) throws UndecodableException {
        for (int i = 0; i < count; i++) {
            values.add(element.read(this));
        }
    }

    private int requireCount(long count) throws UndecodableException {
        if (count < 0 || count > end - position) {
            throw new UndecodableException("array of " + count + " elements in " + (end - position) + " bytes");
        }
        return (int) count;
    }

    private boolean sameBytes(String value, int length) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(encoded, 0, encoded.length, bytes, position, position + length);
    }

    private int readLength() throws UndecodableException {
        long length = readLong();
        if (length < 0 || length > end - position) {
            throw new UndecodableException("length " + length + " where " + (end - position) + " bytes are left");
        }
        return (int) length;
    }

    private int readByte() throws UndecodableException {
        requireRemaining(1);
        return bytes[position++];
    }

    private void requireRemaining(int length) throws UndecodableException {
        if (length > end - position) {
            throw new UndecodableException(length + " bytes expected where " + (end - position) + " are left");
        }
    }
}
