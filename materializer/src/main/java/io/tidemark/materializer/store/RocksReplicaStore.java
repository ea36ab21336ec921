package io.tidemark.materializer.store;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A replica in a RocksDB of its own, whose log is off: Kafka is the log. All column families are flushed together, so that
 * the store stands at a batch's end whenever the process or the machine dies.
 */
public final class RocksReplicaStore implements ReplicaStore {
    /** How long closing waits for readers; the last of them closes the store if they take longer. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(RocksReplicaStore.class);

    private final ShardId shard;
    private final RocksDatabase database;
    private final StoreState state;
    private final RocksReplicaReader reader;
    private volatile Published published;
    private @Nullable String unusable;
    private boolean closed;

    private RocksReplicaStore(ShardId shard, RocksDatabase database) {
        this.shard = shard;
        this.database = database;
        this.state = StoreLoader.load(database);
        this.published = state.publish();
        this.reader = new RocksReplicaReader(shard, database, () -> published);
    }

    /**
     * Opens the store in a directory, or makes an empty one there.
     *
     * @throws StoreInUseException if somebody has it open
     * @throws DamagedStoreException if what is at rest cannot be read or is another shard's
     * @throws StoreUnavailableException if the disk does not answer
     */
    public static RocksReplicaStore open(ShardId shard, Path directory, RocksResources resources) {
        RocksDatabase database = new RocksDatabase(shard, directory, resources);
        try {
            requireFormat(database, shard);
            return new RocksReplicaStore(shard, database);
        } catch (RuntimeException e) {
            database.close(CLOSE_TIMEOUT);
            throw e;
        }
    }

    private static void requireFormat(RocksDatabase database, ShardId shard) {
        byte[] expected = StoreFormat.format(shard);
        byte[] sealed = database.get(Family.META, database.readOptions(), StoreFormat.FORMAT_KEY);
        if (sealed == null) {
            database.put(Family.META, StoreFormat.FORMAT_KEY, expected);
            return;
        }
        byte[] found = database.open(StoreFormat.FORMAT_KEY, sealed);
        if (!Arrays.equals(found, expected)) {
            ByteBuffer buffer = ByteBuffer.wrap(found);
            throw new DamagedStoreException(database.name() + ": has format " + buffer.getInt() + " of shard "
                    + buffer.getInt() + ", expected format " + StoreFormat.VERSION + " of shard " + shard
                    + ". Use another directory, or rebuild the replica");
        }
    }

    @Override
    public ShardId shard() {
        return shard;
    }

    @Override
    public Lsn nextLsn() {
        return published.position().nextLsn();
    }

    @Override
    public Batch begin() {
        requireUsable();
        return new RocksBatch(this, database, state);
    }

    @Override
    public ReplicaReader reader() {
        return reader;
    }

    @Override
    public void flush() {
        database.flush(true);
    }

    @Override
    public void startFlush() {
        database.flush(false);
    }

    /**
     * Writes a copy that can be opened as a store of its own.
     *
     * @param directory must not exist; its parent must. On the same file system, files are linked rather than copied
     */
    public void checkpoint(Path directory) {
        database.checkpoint(directory);
    }

    RocksDatabase database() {
        return database;
    }

    /** Called by the batch. */
    void write(SealedBatch batch) {
        try {
            database.write(batch.writeBatch(), batch.sizeBytes());
        } catch (RocksDBException e) {
            StoreException failure = StoreErrors.translate(database.name() + ": cannot write", e);
            markUnusable(failure.toString());
            throw failure;
        }
        published = state.publish();
    }

    /** Called by the batch. */
    void markUnusable(String reason) {
        unusable = reason;
    }

    private void requireUsable() {
        if (closed) {
            throw new StoreClosedException(database.name() + " is closed");
        }
        if (unusable != null) {
            throw new StoreUnavailableException(
                    database.name() + ": an earlier batch was not written, open the store again: " + unusable);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            database.flush(true);
        } catch (StoreException e) {
            // What was not flushed is in the log, and is applied again at the next start.
            LOG.atWarn()
                    .addKeyValue("shard", shard)
                    .setCause(e)
                    .log("the store could not be flushed before it was closed");
        }
        if (!database.close(CLOSE_TIMEOUT)) {
            LOG.atWarn().addKeyValue("shard", shard).log("readers still use the store; the last one closes it");
        }
    }
}
