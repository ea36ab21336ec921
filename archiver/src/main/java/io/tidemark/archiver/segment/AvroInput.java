package io.tidemark.archiver.segment;

import java.util.Arrays;

/** Reads Avro's binary encoding from a part of an array, never beyond it. */
final class AvroInput {
    /** The input is not what the format admits; only ever seen inside this package. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        MalformedException(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    private final byte[] array;
    private final int end;
    private int position;

    AvroInput(byte[] array, int start, int end) {
        this.array = array;
        this.position = start;
        this.end = end;
    }

    long readLong() throws MalformedException {
        long bits = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (position == end) {
                throw new MalformedException("ends inside a number at byte " + position);
            }
            byte group = array[position++];
            bits |= (group & 0x7fL) << shift;
            if (group >= 0) {
                return (bits >>> 1) ^ -(bits & 1);
            }
        }
        throw new MalformedException("number longer than 64 bits before byte " + position);
    }

    /** A count or length that must be from 0 to {@code max}. */
    int readSize(int max) throws MalformedException {
        long size = readLong();
        if (size < 0 || size > max) {
            throw new MalformedException("size " + size + " before byte " + position + " is not from 0 to " + max);
        }
        return (int) size;
    }

    byte[] readBytes() throws MalformedException {
        return readFixed(readSize(remaining()));
    }

    byte[] readFixed(int count) throws MalformedException {
        int start = skip(count);
        return Arrays.copyOfRange(array, start, start + count);
    }

    /** Moves past {@code count} bytes and gives where they start. */
    int skip(int count) throws MalformedException {
        if (count > remaining()) {
            throw new MalformedException(count + " bytes expected at byte " + position + ", " + remaining() + " left");
        }
        int start = position;
        position += count;
        return start;
    }

    byte[] array() {
        return array;
    }

    int position() {
        return position;
    }

    int remaining() {
        return end - position;
    }
}
