package io.tidemark.materializer.core;

import io.tidemark.schema.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * Searches one string in another in time proportional to their lengths. The obvious search multiplies them: on two strings of
 * 200 KB that repeat themselves it takes minutes, and every replica of the shard would stand still for it.
 */
final class Substrings {
    /** Up to this many comparisons the obvious search is at least as fast. */
    private static final long OBVIOUS_SEARCH_COMPARISONS = 1 << 16;

    private Substrings() {}

    static boolean contains(String text, String part) {
        if (comparisons(text.length(), part.length()) <= OBVIOUS_SEARCH_COMPARISONS) {
            return text.contains(part);
        }
        // A part of a text is a part of its UTF-8 bytes and the other way round: no character's bytes lie inside
        // another's.
        return search(text.getBytes(StandardCharsets.UTF_8), part.getBytes(StandardCharsets.UTF_8));
    }

    static boolean contains(Bytes bytes, Bytes part) {
        return search(bytes.array(), part.array());
    }

    private static long comparisons(int length, int partLength) {
        return (long) partLength * Math.max(0, length - partLength + 1);
    }

    /** Knuth, Morris and Pratt, Fast pattern matching in strings, SIAM J. Comput. 6(2), 1977. */
    private static boolean search(byte[] bytes, byte[] part) {
        if (part.length > bytes.length) {
            return false;
        }
        int[] borders = borders(part);
        int matched = 0;
        for (int i = 0; i < bytes.length && matched < part.length; i++) {
            while (matched > 0 && bytes[i] != part[matched]) {
                matched = borders[matched - 1];
            }
            if (bytes[i] == part[matched]) {
                matched++;
            }
        }
        return matched == part.length;
    }

    /** For each prefix, the length of its longest proper prefix that is also its suffix. */
    private static int[] borders(byte[] part) {
        int[] borders = new int[part.length];
        int border = 0;
        for (int i = 1; i < part.length; i++) {
            while (border > 0 && part[i] != part[border]) {
                border = borders[border - 1];
            }
            if (part[i] == part[border]) {
                border++;
            }
            borders[i] = border;
        }
        return borders;
    }
}
