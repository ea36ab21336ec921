package io.tidemark.archiver.object;

import io.tidemark.schema.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * A bucket, or a part of one. Keys are UTF-8 of at most 1,024 bytes. Thread-safe. Every method may throw
 * {@link ObjectStoreException}.
 */
public interface ObjectStore extends AutoCloseable {
    /**
     * Writes an object unless the key is taken ({@code If-None-Match: *}).
     *
     * @return whether this call wrote it; false leaves what was there as it is
     */
    boolean putIfAbsent(String key, Bytes content);

    Optional<Bytes> get(String key);

    /**
     * Keys with the prefix in byte order, at most {@code limit}, all of them greater than {@code after} if given.
     */
    List<ObjectSummary> list(String prefix, Optional<String> after, int limit);

    /** Removes the object; no error if there is none. */
    void delete(String key);

    /** @param sizeBytes of the content */
    record ObjectSummary(String key, long sizeBytes) {}

    @Override
    void close();
}
