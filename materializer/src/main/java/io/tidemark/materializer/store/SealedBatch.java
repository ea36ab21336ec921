package io.tidemark.materializer.store;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Collects writes, sealing each content. For one thread. */
final class SealedBatch implements AutoCloseable {
    private final RocksDatabase database;
    private final WriteBatch batch = new WriteBatch();
    private long sizeBytes;

    SealedBatch(RocksDatabase database) {
        this.database = database;
    }

    void put(Family family, byte[] key, byte[] content) {
        byte[] sealed = Seal.seal(key, content);
        sizeBytes += key.length + sealed.length;
        try {
            batch.put(database.handle(family), key, sealed);
        } catch (RocksDBException e) {
            throw StoreErrors.translate(database.name() + ": cannot collect writes", e);
        }
    }

    void delete(Family family, byte[] key) {
        sizeBytes += key.length;
        try {
            batch.delete(database.handle(family), key);
        } catch (RocksDBException e) {
            throw StoreErrors.translate(database.name() + ": cannot collect writes", e);
        }
    }

    void deleteRange(Family family, byte[] start, byte[] end) {
        sizeBytes += start.length + end.length;
        try {
            batch.deleteRange(database.handle(family), start, end);
        } catch (RocksDBException e) {
            throw StoreErrors.translate(database.name() + ": cannot collect writes", e);
        }
    }

    long sizeBytes() {
        return sizeBytes;
    }

    WriteBatch writeBatch() {
        return batch;
    }

    @Override
    public void close() {
        batch.close();
    }
}
