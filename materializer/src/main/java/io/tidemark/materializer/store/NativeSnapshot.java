package io.tidemark.materializer.store;

import java.util.concurrent.atomic.AtomicInteger;
import org.rocksdb.ReadOptions;
import org.rocksdb.Snapshot;

/** A snapshot of RocksDB with its read options, freed by the last of its users. Thread-safe. */
final class NativeSnapshot {
    private final RocksDatabase database;
    private final Snapshot snapshot;
    private final ReadOptions options;
    private final AtomicInteger users = new AtomicInteger(1);

    /** Holds one reference for the caller. */
    NativeSnapshot(RocksDatabase database) {
        database.leases().acquire();
        this.database = database;
        this.snapshot = database.takeSnapshot();
        this.options = new ReadOptions().setSnapshot(snapshot);
    }

    RocksDatabase database() {
        return database;
    }

    ReadOptions options() {
        return options;
    }

    /** @throws StoreClosedException once the last user has left */
    void retain() {
        int before = users.getAndUpdate(count -> count == 0 ? 0 : count + 1);
        if (before == 0) {
            throw new StoreClosedException("the snapshot of the " + database.name() + " is closed");
        }
    }

    void release() {
        if (users.decrementAndGet() == 0) {
            options.close();
            database.releaseSnapshot(snapshot);
            database.leases().release();
        }
    }
}
