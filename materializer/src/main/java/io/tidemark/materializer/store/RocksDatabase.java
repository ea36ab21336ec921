package io.tidemark.materializer.store;

import io.tidemark.schema.ShardId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The RocksDB of one replica, with errors translated and native memory guarded: whoever is not the owner takes a lease for
 * as long as it uses the database.
 */
final class RocksDatabase {
    private final String name;
    private final Path directory;
    private final RocksDB database;
    private final Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);
    private final WriteOptions writeOptions = new WriteOptions().setDisableWAL(true);
    private final ReadOptions readOptions = new ReadOptions();
    private final ReadOptions memoryReadOptions = new ReadOptions().setReadTier(ReadTier.BLOCK_CACHE_TIER);
    private final List<AutoCloseable> owned = new ArrayList<>();
    private final Leases leases;
    private final WriteBudget writeBudget;

    /**
     * @throws StoreInUseException if somebody has it open
     * @throws DamagedStoreException if what is at rest is no store
     * @throws StoreUnavailableException if the disk does not answer
     */
    RocksDatabase(ShardId shard, Path directory, RocksResources resources) {
        this.directory = directory;
        this.name = "store of shard " + shard + " in " + directory;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw StoreErrors.translate("cannot create the " + name, e);
        }
        leases = new Leases(name, this::free);
        writeBudget = resources.writeBudget();
        try {
            database = open(resources);
        } catch (RocksDBException e) {
            freeOptions();
            throw StoreErrors.translate("cannot open the " + name, e);
        }
    }

    private RocksDB open(RocksResources resources) throws RocksDBException {
        DBOptions options = resources.databaseOptions();
        ColumnFamilyOptions itemOptions = resources.columnFamilyOptions(true);
        ColumnFamilyOptions otherOptions = resources.columnFamilyOptions(false);
        owned.addAll(List.of(itemOptions, otherOptions, options));
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        for (Family family : Family.values()) {
            ColumnFamilyOptions familyOptions = family == Family.ITEMS ? itemOptions : otherOptions;
            descriptors.add(new ColumnFamilyDescriptor(family.nameBytes(), familyOptions));
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        RocksDB opened = RocksDB.open(options, directory.toString(), descriptors, handles);
        Iterator<ColumnFamilyHandle> inOrder = handles.iterator();
        for (Family family : Family.values()) {
            families.put(family, inOrder.next());
        }
        return opened;
    }

    String name() {
        return name;
    }

    Leases leases() {
        return leases;
    }

    /** @throws DiskNeededException with {@link #memoryReadOptions}, if the disk would have to be asked */
    byte @Nullable [] get(Family family, ReadOptions options, byte[] key) {
        try {
            return database.get(handle(family), options, key);
        } catch (RocksDBException e) {
            if (StoreErrors.isIncomplete(e)) {
                throw new DiskNeededException(e);
            }
            throw StoreErrors.translate(name + ", " + family + ": cannot read", e);
        }
    }

    /** Checks the seal of what was read under {@code key} and takes it off. */
    byte[] open(byte[] key, byte[] sealed) {
        if (!Seal.isIntact(key, sealed)) {
            throw new DamagedStoreException(name + ": " + Seal.nameOf(key)
                    + " fails its checksum. Quarantine the replica, it is rebuilt from the log");
        }
        return Seal.content(sealed);
    }

    Position readPosition(ReadOptions options) {
        byte[] sealed = get(Family.META, options, StoreFormat.POSITION_KEY);
        return sealed == null ? Position.START : Position.decode(open(StoreFormat.POSITION_KEY, sealed));
    }

    RocksIterator newIterator(Family family, ReadOptions options) {
        return database.newIterator(handle(family), options);
    }

    ColumnFamilyHandle handle(Family family) {
        ColumnFamilyHandle handle = families.get(family);
        if (handle == null) {
            throw new IllegalStateException("no column family " + family);
        }
        return handle;
    }

    /** To read the newest state; closed with the database. */
    ReadOptions readOptions() {
        return readOptions;
    }

    /** To read the newest state as far as it is in memory; closed with the database. */
    ReadOptions memoryReadOptions() {
        return memoryReadOptions;
    }

    void put(Family family, byte[] key, byte[] content) {
        putSealed(family, key, Seal.seal(key, content));
    }

    void putSealed(Family family, byte[] key, byte[] sealed) {
        try {
            database.put(handle(family), writeOptions, key, sealed);
        } catch (RocksDBException e) {
            throw StoreErrors.translate(name + ": cannot write", e);
        }
    }

    /** @param sizeBytes of the batch, roughly */
    void write(WriteBatch batch, long sizeBytes) throws RocksDBException {
        database.write(writeOptions, batch);
        writeBudget.written(this, sizeBytes);
    }

    Snapshot takeSnapshot() {
        return database.getSnapshot();
    }

    void releaseSnapshot(Snapshot snapshot) {
        database.releaseSnapshot(snapshot);
    }

    void flush(boolean wait) {
        writeBudget.flushed(this);
        try (FlushOptions options = new FlushOptions().setWaitForFlush(wait)) {
            database.flush(options, List.copyOf(families.values()));
        } catch (RocksDBException e) {
            throw StoreErrors.translate(name + ": cannot flush", e);
        }
    }

    /** Every SST file that holds data now. None of them goes away before {@link #releaseFiles}. */
    List<LiveFileMetaData> holdFiles() {
        try {
            database.disableFileDeletions();
        } catch (RocksDBException e) {
            throw StoreErrors.translate(name + ": cannot hold its files", e);
        }
        return database.getLiveFilesMetaData();
    }

    void releaseFiles() {
        try {
            database.enableFileDeletions();
        } catch (RocksDBException e) {
            throw StoreErrors.translate(name + ": cannot let go of its files", e);
        }
    }

    void checkpoint(Path target) {
        try (Checkpoint checkpoint = Checkpoint.create(database)) {
            checkpoint.createCheckpoint(target.toString());
        } catch (RocksDBException e) {
            throw StoreErrors.translate(name + ": cannot write a checkpoint to " + target, e);
        }
    }

    /** Waits for the leases; says whether all were given back in time. Closing again does nothing. */
    boolean close(Duration timeout) {
        return leases.close(timeout);
    }

    private void free() {
        writeBudget.flushed(this);
        families.values().forEach(ColumnFamilyHandle::close);
        database.close();
        freeOptions();
    }

    private void freeOptions() {
        for (AutoCloseable resource : owned) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException("cannot free native memory", e);
            }
        }
        writeOptions.close();
        readOptions.close();
        memoryReadOptions.close();
    }
}
