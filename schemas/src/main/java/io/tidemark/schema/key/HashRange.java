package io.tidemark.schema.key;

/**
 * A half-open range of key hashes, {@code 0 <= start < end <= 2^32}, hashes read as unsigned 32-bit numbers.
 *
 * @param start first hash inside
 * @param end first hash outside
 */
public record HashRange(long start, long end) implements Comparable<HashRange> {
    /** One more than the greatest key hash. */
    public static final long HASH_COUNT = 1L << 32;

    public static final HashRange ALL = new HashRange(0, HASH_COUNT);

    public HashRange {
        if (start < 0 || start >= end || end > HASH_COUNT) {
            throw new IllegalArgumentException(
                    "hash range must satisfy 0 <= start < end <= 2^32: [" + start + ", " + end + ")");
        }
    }

    /** @param keyHash as {@link KeyHash} gives it: 32 bits, read as unsigned */
    public boolean contains(int keyHash) {
        long hash = Integer.toUnsignedLong(keyHash);
        return start <= hash && hash < end;
    }

    public boolean contains(HashRange other) {
        return start <= other.start && other.end <= end;
    }

    public boolean overlaps(HashRange other) {
        return start < other.end && other.start < end;
    }

    /** Part {@code index} of {@code count} parts whose sizes differ by one at most; together they are this range. */
    public HashRange part(int index, int count) {
        long size = end - start;
        if (count <= 0 || index < 0 || index >= count || count > size) {
            throw new IllegalArgumentException("no part " + index + " of " + count + " in " + this);
        }
        return new HashRange(start + boundary(size, index, count), start + boundary(size, index + 1, count));
    }

    private static long boundary(long size, int index, int count) {
        long quotient = size / count;
        long remainder = size % count;
        return quotient * index + Math.min(index, remainder);
    }

    @Override
    public int compareTo(HashRange other) {
        int byStart = Long.compare(start, other.start);
        return byStart != 0 ? byStart : Long.compare(end, other.end);
    }

    @Override
    public String toString() {
        return "[" + Long.toHexString(start) + ", " + Long.toHexString(end) + ")";
    }
}
