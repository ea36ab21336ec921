package io.tidemark.materializer.store;

import io.tidemark.materializer.core.RememberedOutcome.Mark;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;

/**
 * The request ids that a replica remembers, in memory, so that finding out that an id is new needs no disk: a queue in LSN
 * order with an open-addressing index over it (linear probing, at most half full; Knuth, volume 3, section 6.4, algorithm R
 * for removal). Takes {@value #BYTES_PER_ID} bytes for each id of its capacity. For one thread.
 */
final class OutcomeIndex {
    static final int BYTES_PER_ID = 4 * Long.BYTES + 3 * Integer.BYTES;

    private static final int FREE = -1;

    /** Ring buffers of equal, power-of-two length. */
    private long[] lsns;

    private long[] logTimesMs;
    private long[] highs;
    private long[] lows;
    private int[] sizesBytes;
    private long totalBytes;
    private int head;
    private int size;

    /** Positions in the ring, twice as long. */
    private int[] index;

    /** @param capacity ids for which there is room from the start, a power of two; more are remembered, too */
    OutcomeIndex(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity must be a power of two: " + capacity);
        }
        lsns = new long[capacity];
        logTimesMs = new long[capacity];
        highs = new long[capacity];
        lows = new long[capacity];
        sizesBytes = new int[capacity];
        index = freeIndex(capacity);
    }

    int size() {
        return size;
    }

    /** Of the outcomes of all these ids. */
    long totalBytes() {
        return totalBytes;
    }

    /** @throws IllegalArgumentException if the id is remembered already or the LSN is not the greatest */
    void add(Mark mark) {
        if (size > 0 && mark.lsn().offset() <= lsns[ring(size - 1)]) {
            throw new IllegalArgumentException("outcome at LSN " + mark.lsn() + " after " + lsns[ring(size - 1)]);
        }
        int slot = findSlot(mark.requestId().high(), mark.requestId().low());
        if (index[slot] != FREE) {
            throw new IllegalArgumentException("request id " + mark.requestId() + " is remembered already");
        }
        if (size == lsns.length) {
            grow();
            slot = findSlot(mark.requestId().high(), mark.requestId().low());
        }
        int position = ring(size++);
        lsns[position] = mark.lsn().offset();
        logTimesMs[position] = mark.logTimeMs();
        highs[position] = mark.requestId().high();
        lows[position] = mark.requestId().low();
        sizesBytes[position] = mark.sizeBytes();
        totalBytes += mark.sizeBytes();
        index[slot] = position;
    }

    /** The LSN of the record that had the id first. */
    OptionalLong find(RequestId requestId) {
        int position = index[findSlot(requestId.high(), requestId.low())];
        return position == FREE ? OptionalLong.empty() : OptionalLong.of(lsns[position]);
    }

    /** @throws java.util.NoSuchElementException if the id is not remembered */
    Mark mark(RequestId requestId) {
        int position = index[findSlot(requestId.high(), requestId.low())];
        if (position == FREE) {
            throw new NoSuchElementException("request id " + requestId + " is not remembered");
        }
        return markAt(position);
    }

    /** The oldest, at most {@code limit}, in LSN order. */
    List<Mark> oldest(int limit) {
        int count = Math.min(limit, size);
        List<Mark> marks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            marks.add(markAt(ring(i)));
        }
        return marks;
    }

    private Mark markAt(int position) {
        return new Mark(
                new Lsn(lsns[position]),
                logTimesMs[position],
                new RequestId(highs[position], lows[position]),
                sizesBytes[position]);
    }

    /** Forgets all before {@code lsn}; says how many that were. */
    int forgetBefore(Lsn lsn) {
        int forgotten = 0;
        while (size > 0 && lsns[head] < lsn.offset()) {
            removeSlot(findSlot(highs[head], lows[head]));
            totalBytes -= sizesBytes[head];
            head = ring(1);
            size--;
            forgotten++;
        }
        return forgotten;
    }

    private int ring(int offset) {
        return (head + offset) & (lsns.length - 1);
    }

    /** Where the id is in the index, or the free slot where it would be. */
    private int findSlot(long high, long low) {
        int mask = index.length - 1;
        int slot = hash(high, low) & mask;
        while (index[slot] != FREE && (highs[index[slot]] != high || lows[index[slot]] != low)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void removeSlot(int removed) {
        int mask = index.length - 1;
        int gap = removed;
        int slot = removed;
        while (true) {
            slot = (slot + 1) & mask;
            int position = index[slot];
            if (position == FREE) {
                break;
            }
            int home = hash(highs[position], lows[position]) & mask;
            boolean reachableWithoutGap = ((slot - home) & mask) < ((slot - gap) & mask);
            if (!reachableWithoutGap) {
                index[gap] = position;
                gap = slot;
            }
        }
        index[gap] = FREE;
    }

    private void grow() {
        int capacity = Math.multiplyExact(lsns.length, 2);
        lsns = unrolled(lsns, capacity);
        logTimesMs = unrolled(logTimesMs, capacity);
        highs = unrolled(highs, capacity);
        lows = unrolled(lows, capacity);
        sizesBytes = unrolled(sizesBytes, capacity);
        head = 0;
        index = freeIndex(capacity);
        for (int position = 0; position < size; position++) {
            index[findSlot(highs[position], lows[position])] = position;
        }
    }

    private long[] unrolled(long[] ring, int capacity) {
        long[] copy = new long[capacity];
        copyUnrolled(ring, ring.length, copy);
        return copy;
    }

    private int[] unrolled(int[] ring, int capacity) {
        int[] copy = new int[capacity];
        copyUnrolled(ring, ring.length, copy);
        return copy;
    }

    /** @param ring of either kind of number, as {@code copy} is */
    private void copyUnrolled(Object ring, int ringLength, Object copy) {
        int first = Math.min(size, ringLength - head);
        System.arraycopy(ring, head, copy, 0, first);
        System.arraycopy(ring, 0, copy, first, size - first);
    }

    private static int[] freeIndex(int capacity) {
        int[] slots = new int[capacity * 2];
        Arrays.fill(slots, FREE);
        return slots;
    }

    /** Request ids are not always random: mixes all bits (finalizer of MurmurHash3). */
    private static int hash(long high, long low) {
        long mixed = high * 0x9e3779b97f4a7c15L + low;
        mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return (int) (mixed ^ (mixed >>> 33));
    }
}
