package io.tidemark.materializer.store;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.hash.StateDigest;
import io.tidemark.schema.node.NodeReply.LaneEntriesResult;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** One state of a replica, frozen: all calls agree, and {@link #nextLsn} is exact. Thread-safe until closed. */
public interface ReplicaSnapshot extends ReplicaReader, AutoCloseable {
    /** The digest as the replica kept it up to date; reads no item. */
    StateDigest digest();

    /**
     * Reads everything at rest again, past all caches, and computes the digest from it.
     *
     * @param stop asked now and then; once true, the scan ends with a {@link java.util.concurrent.CancellationException}
     */
    DeepDigest deepDigest(BooleanSupplier stop);

    /**
     * The entries of some lanes in key order.
     *
     * @param after where the page before ended; exclusive
     * @param limit entries at most
     */
    LaneEntriesResult laneEntries(Set<Integer> lanes, Optional<Bytes> after, int limit);

    @Override
    void close();
}
