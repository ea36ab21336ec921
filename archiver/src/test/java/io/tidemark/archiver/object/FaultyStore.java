package io.tidemark.archiver.object;

import io.tidemark.schema.Bytes;
import java.util.List;
import java.util.Optional;

/** Passes everything on; what is to go wrong is overridden. */
public abstract class FaultyStore implements ObjectStore {
    private final ObjectStore store;

    protected FaultyStore(ObjectStore store) {
        this.store = store;
    }

    @Override
    public boolean putIfAbsent(String key, Bytes content) {
        return store.putIfAbsent(key, content);
    }

    @Override
    public Optional<Bytes> get(String key) {
        return store.get(key);
    }

    @Override
    public List<ObjectSummary> list(String prefix, Optional<String> after, int limit) {
        return store.list(prefix, after, limit);
    }

    @Override
    public void delete(String key) {
        store.delete(key);
    }

    @Override
    public void close() {
        store.close();
    }
}
