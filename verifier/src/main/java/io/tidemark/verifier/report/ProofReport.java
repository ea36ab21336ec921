package io.tidemark.verifier.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a bucket alone proves.
 *
 * @param shards in order
 */
public record ProofReport(Instant startedAt, Duration duration, List<ShardProof> shards) {
    public ProofReport {
        shards = List.copyOf(shards);
    }

    /** The worst of all shards'; unknown if there are none. */
    public Conclusion conclusion() {
        Conclusion none = shards.isEmpty() ? Conclusion.UNKNOWN : Conclusion.EQUAL;
        return shards.stream().map(ShardProof::conclusion).reduce(none, Conclusion::worst);
    }

    /** 0 if every chain is whole, 1 if one is broken, 3 if one could not be looked at. */
    public int exitCode() {
        return conclusion().exitCode();
    }

    public long segments() {
        return shards.stream().mapToLong(shard -> shard.archive().segments()).sum();
    }

    public long records() {
        return shards.stream().mapToLong(shard -> shard.archive().records()).sum();
    }

    public long bytes() {
        return shards.stream().mapToLong(shard -> shard.archive().bytes()).sum();
    }
}
