package io.tidemark.schema.key;

import io.tidemark.schema.Bytes;

/**
 * A half-open range of store keys in unsigned byte order; empty where {@code start >= end}.
 *
 * @param start first key inside
 * @param end first key outside
 */
public record KeyRange(Bytes start, Bytes end) {
    public boolean isEmpty() {
        return start.compareTo(end) >= 0;
    }

    public boolean contains(Bytes key) {
        return start.compareTo(key) <= 0 && key.compareTo(end) < 0;
    }
}
