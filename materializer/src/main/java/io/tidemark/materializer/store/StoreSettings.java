package io.tidemark.materializer.store;

/**
 * What the stores of one node share, whatever the number of its shards.
 *
 * @param cacheBytes memory for blocks read from disk, and for the write buffers within it
 * @param writeBufferBytes memory for what is not on disk yet; at most half of the cache
 * @param diskLimitBytes total size of all stores at which writes stop with {@link StoreUnavailableException}; 0 for no limit
 * @param backgroundThreads threads that compact; one more writes buffers to disk
 */
public record StoreSettings(long cacheBytes, long writeBufferBytes, long diskLimitBytes, int backgroundThreads) {
    private static final long MIB = 1L << 20;

    public static final StoreSettings DEFAULT = new StoreSettings(64 * MIB, 32 * MIB, 0, 2);

    public StoreSettings {
        if (writeBufferBytes < MIB || cacheBytes < 2 * writeBufferBytes) {
            throw new IllegalArgumentException(
                    "write buffers need 1 MiB or more and the cache twice that: write buffers " + writeBufferBytes
                            + " bytes, cache " + cacheBytes + " bytes");
        }
        if (diskLimitBytes < 0) {
            throw new IllegalArgumentException("disk limit must not be negative: " + diskLimitBytes);
        }
        if (backgroundThreads < 1) {
            throw new IllegalArgumentException("at least one background thread is needed: " + backgroundThreads);
        }
    }
}
