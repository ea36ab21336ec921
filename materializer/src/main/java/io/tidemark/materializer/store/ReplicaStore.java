package io.tidemark.materializer.store;

import io.tidemark.materializer.core.StateView;
import io.tidemark.materializer.core.Transition;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;

/**
 * Holds one replica: items, remembered outcomes, tables, source offsets, rejections, position and state-hash lanes, all
 * moved by one batch from one LSN to a later one, or not at all. A store that is opened again is at a batch's end, at the
 * newest one if it was closed or flushed, else maybe at an earlier one: the log has the rest.
 *
 * <p>Owned by one thread; only {@link #reader} is for others.
 */
public interface ReplicaStore extends AutoCloseable {
    ShardId shard();

    /** Everything before it is committed. */
    Lsn nextLsn();

    /** Begins a batch; there is one at a time. */
    Batch begin();

    /** For any thread. The same object for as long as the store is open. */
    ReplicaReader reader();

    /** Makes all that is committed survive a crash of the process and of the machine. */
    void flush();

    /** Begins what {@link #flush} does and returns. */
    void startFlush();

    /** Waits for readers to let go, a bounded time, flushes and closes. Closing again does nothing. */
    @Override
    void close();

    /**
     * The state with the transitions added so far. A batch that is closed before it is committed, or whose commit failed, leaves
     * the store unusable until it is opened again: nothing of it is at rest.
     */
    interface Batch extends StateView, AutoCloseable {
        /** @throws IllegalArgumentException unless the transition's LSN is {@link #nextLsn} */
        void add(Transition transition);

        /** What {@link #commit} would write; bytes, roughly. */
        long sizeBytes();

        /** @throws StoreUnavailableException if the disk is full or does not answer; nothing of the batch is at rest */
        void commit();

        @Override
        void close();
    }
}
