package io.tidemark.materializer.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the stores of a node have in memory alone below a limit: when it is reached, the store that has most of it is flushed,
 * whoever is writing. RocksDB's own shared budget flushes the store that is being written only; many stores that were written a
 * little and then no more would fill it for good, and make the others flush with every write. Thread-safe.
 */
final class WriteBudget {
    private static final Logger LOG = LoggerFactory.getLogger(WriteBudget.class);

    private final long limitBytes;
    private final Map<RocksDatabase, Long> unflushedBytes = new HashMap<>();
    private long totalBytes;

    WriteBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** To be called after each write. */
    void written(RocksDatabase database, long bytes) {
        largestIfFull(database, bytes).ifPresent(WriteBudget::startFlush);
    }

    private synchronized Optional<RocksDatabase> largestIfFull(RocksDatabase database, long bytes) {
        unflushedBytes.merge(database, bytes, Long::sum);
        totalBytes += bytes;
        if (totalBytes < limitBytes) {
            return Optional.empty();
        }
        Optional<RocksDatabase> largest = unflushedBytes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
        largest.ifPresent(this::flushed);
        return largest;
    }

    /** To be called when a flush of everything begins, and when a store is closed. */
    synchronized void flushed(RocksDatabase database) {
        Long bytes = unflushedBytes.remove(database);
        totalBytes -= bytes == null ? 0 : bytes;
    }

    /** A store that fails to flush tells its own writer. */
    private static void startFlush(RocksDatabase database) {
        try {
            database.leases().acquire();
        } catch (StoreClosedException e) {
            return;
        }
        try {
            database.flush(false);
        } catch (StoreException e) {
            LOG.atWarn().addKeyValue("store", database.name()).setCause(e).log("cannot flush a store");
        } finally {
            database.leases().release();
        }
    }
}
