package io.tidemark.schema;

/** One Kafka partition of the write-ahead log together with its replicas; equals the partition number. */
public record ShardId(int value) implements Comparable<ShardId> {
    public ShardId {
        if (value < 0) {
            throw new IllegalArgumentException("shard must not be negative: " + value);
        }
    }

    @Override
    public int compareTo(ShardId other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
