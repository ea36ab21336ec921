package io.tidemark.router.http;

import java.util.concurrent.atomic.AtomicLong;

/** Ids for {@code x-amzn-requestid}: 52 capital letters and digits, different in every router and for every request. Thread-safe. */
final class RequestIds {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
    /** Thirteen digits of 5 bits overlap by a bit each, so that a word of 64 bits is enough for them. */
    private static final int DIGIT_SHIFT = 4;

    private static final int DIGIT_MASK = 31;
    private static final int LENGTH = 52;
    private static final int DIGITS_PER_WORD = LENGTH / 4;
    /** The odd constants of SplitMix64, by which its outputs differ in all bits. */
    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private static final long MIX_1 = 0xbf58476d1ce4e5b9L;
    private static final long MIX_2 = 0x94d049bb133111ebL;

    private final AtomicLong state;

    /** @param seed different for every router */
    RequestIds(long seed) {
        state = new AtomicLong(mix(seed));
    }

    String next() {
        long position = state.getAndIncrement();
        char[] id = new char[LENGTH];
        for (int word = 0; word < 4; word++) {
            long bits = mix((position * 4 + word) * GAMMA);
            for (int i = 0; i < DIGITS_PER_WORD; i++) {
                id[word * DIGITS_PER_WORD + i] = DIGITS.charAt((int) bits & DIGIT_MASK);
                bits >>>= DIGIT_SHIFT;
            }
        }
        return new String(id);
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * MIX_1;
        mixed = (mixed ^ (mixed >>> 27)) * MIX_2;
        return mixed ^ (mixed >>> 31);
    }
}
