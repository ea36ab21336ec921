package io.tidemark.launcher.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * All entries of a replica's directory, items and remembered outcomes, as RocksDB itself gives them: checked by nothing but the
 * blocks' own checksums. A deep scan's floor.
 */
final class BareStore implements AutoCloseable {
    private static final long READ_AHEAD_BYTES = 2 << 20;

    private final DBOptions options = new DBOptions();
    private final List<ColumnFamilyHandle> families = new ArrayList<>();
    private final RocksDB database;

    /** @param directory of a store that was flushed; it may be open */
    BareStore(Path directory) {
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        try (Options listing = new Options()) {
            for (byte[] name : RocksDB.listColumnFamilies(listing, directory.toString())) {
                descriptors.add(new ColumnFamilyDescriptor(name));
            }
            database = RocksDB.openReadOnly(options, directory.toString(), descriptors, families);
        } catch (RocksDBException e) {
            throw new BenchException("cannot open the store in " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Reads every key and value; returns how many there are. */
    long readAll() {
        long count = 0;
        for (ColumnFamilyHandle family : families) {
            count += readAll(family);
        }
        return count;
    }

    private long readAll(ColumnFamilyHandle family) {
        long count = 0;
        try (ReadOptions readOptions = new ReadOptions().setFillCache(false).setReadaheadSize(READ_AHEAD_BYTES);
                RocksIterator iterator = database.newIterator(family, readOptions)) {
            for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                if (iterator.key().length + iterator.value().length > 0) {
                    count++;
                }
            }
            iterator.status();
            return count;
        } catch (RocksDBException e) {
            throw new BenchException("cannot read the store: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        families.forEach(ColumnFamilyHandle::close);
        database.close();
        options.close();
    }
}
