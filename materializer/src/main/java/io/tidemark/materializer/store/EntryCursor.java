package io.tidemark.materializer.store;

import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** Walks over raw entries of one column family within bounds. For one thread. */
final class EntryCursor implements AutoCloseable {
    private final String place;
    private final boolean forward;
    private final @Nullable Slice lower;
    private final @Nullable Slice upper;
    private final ReadOptions options;
    private final RocksIterator iterator;
    private final Runnable onClose;
    private boolean started;
    private boolean closed;

    /**
     * @param options copied; closed by the caller whenever it likes
     * @param start inclusive; absent for the first entry
     * @param end exclusive; absent for the last entry
     * @param onClose run once
     */
    EntryCursor(
            RocksDatabase database,
            Family family,
            ReadOptions options,
            byte @Nullable [] start,
            byte @Nullable [] end,
            boolean forward,
            Runnable onClose) {
        this.place = database.name() + ", " + family;
        this.forward = forward;
        this.onClose = onClose;
        this.lower = start == null ? null : new Slice(start);
        this.upper = end == null ? null : new Slice(end);
        this.options = new ReadOptions(options);
        if (lower != null) {
            this.options.setIterateLowerBound(lower);
        }
        if (upper != null) {
            this.options.setIterateUpperBound(upper);
        }
        this.iterator = database.newIterator(family, this.options);
    }

    /** Moves to the next entry, at first to the first; says whether there is one. */
    boolean next() {
        if (!started) {
            started = true;
            seekToStart();
        } else if (forward) {
            iterator.next();
        } else {
            iterator.prev();
        }
        return isValid();
    }

    /** Moves to the first entry at or after {@code key}, of a cursor that walks forward. */
    boolean seek(byte[] key) {
        started = true;
        iterator.seek(key);
        return isValid();
    }

    byte[] key() {
        return iterator.key();
    }

    byte[] value() {
        return iterator.value();
    }

    private void seekToStart() {
        if (forward) {
            iterator.seekToFirst();
        } else {
            iterator.seekToLast();
        }
    }

    private boolean isValid() {
        if (iterator.isValid()) {
            return true;
        }
        try {
            iterator.status();
            return false;
        } catch (RocksDBException e) {
            throw StoreErrors.translate(place + ": cannot read on", e);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        iterator.close();
        options.close();
        if (lower != null) {
            lower.close();
        }
        if (upper != null) {
            upper.close();
        }
        onClose.run();
    }
}
