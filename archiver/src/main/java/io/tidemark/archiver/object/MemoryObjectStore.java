package io.tidemark.archiver.object;

import io.tidemark.schema.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** A bucket on the heap, for tests and simulations. Never fails. */
public final class MemoryObjectStore implements ObjectStore {
    private final NavigableMap<Bytes, Bytes> objects = new ConcurrentSkipListMap<>();

    @Override
    public boolean putIfAbsent(String key, Bytes content) {
        return objects.putIfAbsent(ObjectKey.encode(key), content) == null;
    }

    @Override
    public Optional<Bytes> get(String key) {
        return Optional.ofNullable(objects.get(ObjectKey.encode(key)));
    }

    @Override
    public List<ObjectSummary> list(String prefix, Optional<String> after, int limit) {
        Bytes encodedPrefix = Bytes.wrap(prefix.getBytes(StandardCharsets.UTF_8));
        Bytes encodedAfter = Bytes.wrap(after.orElse("").getBytes(StandardCharsets.UTF_8));
        NavigableMap<Bytes, Bytes> candidates = encodedAfter.compareTo(encodedPrefix) < 0
                ? objects.tailMap(encodedPrefix, true)
                : objects.tailMap(encodedAfter, false);
        List<ObjectSummary> found = new ArrayList<>();
        for (Map.Entry<Bytes, Bytes> object : candidates.entrySet()) {
            if (found.size() == limit || !object.getKey().startsWith(encodedPrefix)) {
                break;
            }
            String key = new String(object.getKey().array(), StandardCharsets.UTF_8);
            found.add(new ObjectSummary(key, object.getValue().length()));
        }
        return List.copyOf(found);
    }

    @Override
    public void delete(String key) {
        objects.remove(ObjectKey.encode(key));
    }

    /** Keeps the content. */
    @Override
    public void close() {}
}
