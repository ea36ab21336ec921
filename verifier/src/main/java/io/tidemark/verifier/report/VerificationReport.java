package io.tidemark.verifier.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What one verification found.
 *
 * @param shards in order
 * @param shardCount of the cluster, of which fewer may have been verified
 * @param debt what is left afterwards
 */
public record VerificationReport(
        VerificationMode mode,
        Instant startedAt,
        Duration duration,
        int shardCount,
        List<ShardReport> shards,
        VerificationDebt debt) {
    public VerificationReport {
        shards = List.copyOf(shards);
    }

    /** The worst of all shards'; unknown if there are none. */
    public Conclusion conclusion() {
        Conclusion none = shards.isEmpty() ? Conclusion.UNKNOWN : Conclusion.EQUAL;
        return shards.stream().map(ShardReport::conclusion).reduce(none, Conclusion::worst);
    }

    /** What a command that ends with this report exits with. */
    public int exitCode() {
        return conclusion().exitCode();
    }

    /** Segments that were read and checked. */
    public long segments() {
        return sum(shard -> shard.archive().segments());
    }

    /** Records in the segments that were checked. */
    public long records() {
        return sum(shard -> shard.archive().records());
    }

    /** Of the segments that were checked. */
    public long bytes() {
        return sum(shard -> shard.archive().bytes());
    }

    /** Items that were compared, of all replicas. */
    public long items() {
        return sum(shard ->
                shard.replicas().stream().mapToLong(ReplicaReport::items).sum());
    }

    public long replicas() {
        return sum(shard -> shard.replicas().size());
    }

    public long replicas(Conclusion conclusion) {
        return sum(shard -> shard.replicas().stream()
                .filter(replica -> replica.verdict().conclusion() == conclusion)
                .count());
    }

    /** Repairs of all shards. */
    public List<Repair> repairs() {
        return shards.stream().flatMap(shard -> shard.repairs().stream()).toList();
    }

    private long sum(ToLongFunction<ShardReport> part) {
        return shards.stream().mapToLong(part).sum();
    }
}
