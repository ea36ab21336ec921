package io.tidemark.materializer.query;

/**
 * The limits of a node's work.
 *
 * @param getThreads serve gets and the small listings
 * @param pageThreads serve pages of queries and scans
 * @param scrubThreads read everything at rest for deep digests
 * @param completionThreads answer writes
 * @param queueCapacity requests that wait for the threads of one kind
 * @param maxParked writes that wait for their outcome
 */
public record ReplicaNodeConfig(
        int getThreads, int pageThreads, int scrubThreads, int completionThreads, int queueCapacity, int maxParked) {
    public static final ReplicaNodeConfig DEFAULT = new ReplicaNodeConfig(2, 2, 1, 2, 2_048, 16_384);

    public ReplicaNodeConfig {
        if (getThreads < 1 || pageThreads < 1 || scrubThreads < 1 || completionThreads < 1) {
            throw new IllegalArgumentException("every kind of work needs a thread");
        }
        if (queueCapacity < 1 || maxParked < 1) {
            throw new IllegalArgumentException("queueCapacity and maxParked must be positive");
        }
    }

    public ReplicaNodeConfig withMaxParked(int newMaxParked) {
        return new ReplicaNodeConfig(
                getThreads, pageThreads, scrubThreads, completionThreads, queueCapacity, newMaxParked);
    }
}
