package io.tidemark.benchmarks;

import java.nio.charset.StandardCharsets;
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

/** The items of a replica's directory as RocksDB itself gives them, unchecked but for the blocks' checksums: a scan's floor. */
final class BareItems implements AutoCloseable {
    private static final String ITEMS = "items";
    private static final long READ_AHEAD_BYTES = 2 << 20;

    private final DBOptions options = new DBOptions();
    private final List<ColumnFamilyHandle> handles = new ArrayList<>();
    private final RocksDB database;
    private final ColumnFamilyHandle items;

    /** @param directory of a store that was flushed; it may be open */
    BareItems(Path directory) {
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        try (Options listing = new Options()) {
            for (byte[] name : RocksDB.listColumnFamilies(listing, directory.toString())) {
                families.add(new ColumnFamilyDescriptor(name));
            }
            database = RocksDB.openReadOnly(options, directory.toString(), families, handles);
            items = find(ITEMS);
        } catch (RocksDBException e) {
            throw new IllegalStateException("cannot open the store in " + directory, e);
        }
    }

    private ColumnFamilyHandle find(String name) throws RocksDBException {
        for (ColumnFamilyHandle handle : handles) {
            if (new String(handle.getName(), StandardCharsets.UTF_8).equals(name)) {
                return handle;
            }
        }
        throw new IllegalStateException("the store has no column family " + name);
    }

    /** Reads every key and value; returns how many there are. */
    long readAll() throws RocksDBException {
        long count = 0;
        long bytes = 0;
        try (ReadOptions readOptions = new ReadOptions().setFillCache(false).setReadaheadSize(READ_AHEAD_BYTES);
                RocksIterator iterator = database.newIterator(items, readOptions)) {
            for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                bytes += iterator.key().length + iterator.value().length;
                count++;
            }
            iterator.status();
        }
        if (count > bytes) {
            throw new IllegalStateException("an entry without a byte");
        }
        return count;
    }

    @Override
    public void close() {
        handles.forEach(ColumnFamilyHandle::close);
        database.close();
        options.close();
    }
}
