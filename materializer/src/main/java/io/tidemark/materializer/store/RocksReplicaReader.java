package io.tidemark.materializer.store;

import io.tidemark.materializer.core.TableState;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import java.util.Optional;
import java.util.function.Supplier;
import org.rocksdb.ReadOptions;

/** Reads the newest state of a {@link RocksReplicaStore}. */
final class RocksReplicaReader extends RocksView {
    private final Supplier<Published> published;
    private final RocksReplicaReader inMemory;

    /** @param published set after each batch was written, so that what is read is never older than it says */
    RocksReplicaReader(ShardId shard, RocksDatabase database, Supplier<Published> published) {
        super(shard, database, database.readOptions());
        this.published = published;
        this.inMemory = new RocksReplicaReader(this, database.memoryReadOptions());
    }

    private RocksReplicaReader(RocksReplicaReader whole, ReadOptions memoryOnly) {
        super(whole.shard(), whole.database(), memoryOnly);
        this.published = whole.published;
        this.inMemory = this;
    }

    @Override
    public ReplicaReader inMemory() {
        return inMemory;
    }

    @Override
    void acquire() {
        database().leases().acquire();
    }

    @Override
    void release() {
        database().leases().release();
    }

    @Override
    public Lsn nextLsn() {
        return published.get().position().nextLsn();
    }

    @Override
    public long itemCount() {
        return published.get().position().itemCount();
    }

    @Override
    public long rejectedCount() {
        return published.get().position().rejectedCount();
    }

    @Override
    public Optional<TableState> table(TableId tableId) {
        return Optional.ofNullable(published.get().tables().get(tableId));
    }

    @Override
    public ReplicaSnapshot snapshot() {
        return RocksReplicaSnapshot.take(shard(), database());
    }
}
