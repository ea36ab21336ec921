package io.tidemark.schema.hash;

import io.tidemark.schema.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A sum modulo 2^256 of SHA-256 hashes read as big-endian numbers: an order-independent multiset hash (AdHash, Bellare and
 * Micciancio, Eurocrypt 1997). Mutable, not thread-safe.
 */
public final class LaneSum {
    public static final int SIZE_BYTES = 32;
    private static final int WORDS = 4;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Least significant word first. */
    private final long[] words = new long[WORDS];

    public LaneSum() {}

    /** @param sum as {@link #toBytes} gave it */
    public LaneSum(Bytes sum) {
        add(sum.array());
    }

    /** @param hash {@value #SIZE_BYTES} bytes, big-endian */
    public void add(byte[] hash) {
        requireSize(hash);
        long carry = 0;
        for (int i = 0; i < WORDS; i++) {
            long addend = word(hash, i);
            long sum = words[i] + addend;
            long carryOut = Long.compareUnsigned(sum, addend) < 0 ? 1 : 0;
            long result = sum + carry;
            carry = carryOut + (carry == 1 && result == 0 ? 1 : 0);
            words[i] = result;
        }
    }

    /** @param hash {@value #SIZE_BYTES} bytes, big-endian */
    public void subtract(byte[] hash) {
        requireSize(hash);
        long borrow = 0;
        for (int i = 0; i < WORDS; i++) {
            long subtrahend = word(hash, i);
            long difference = words[i] - subtrahend;
            long borrowOut = Long.compareUnsigned(words[i], subtrahend) < 0 ? 1 : 0;
            long result = difference - borrow;
            borrow = borrowOut + (borrow == 1 && difference == 0 ? 1 : 0);
            words[i] = result;
        }
    }

    /** {@value #SIZE_BYTES} bytes, big-endian. */
    public Bytes toBytes() {
        byte[] bytes = new byte[SIZE_BYTES];
        for (int i = 0; i < WORDS; i++) {
            LONGS.set(bytes, (WORDS - 1 - i) * Long.BYTES, words[i]);
        }
        return Bytes.wrap(bytes);
    }

    private static long word(byte[] hash, int index) {
        return (long) LONGS.get(hash, (WORDS - 1 - index) * Long.BYTES);
    }

    private static void requireSize(byte[] hash) {
        if (hash.length != SIZE_BYTES) {
            throw new IllegalArgumentException("a lane hash has " + SIZE_BYTES + " bytes, not " + hash.length);
        }
    }
}
