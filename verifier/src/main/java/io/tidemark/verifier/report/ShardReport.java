package io.tidemark.verifier.report;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was found about one shard.
 *
 * @param barrier the VERIFY barrier at which all were compared; absent where none could be appended
 * @param replicas in the order of their zones
 * @param repairs what was rebuilt; the other parts are of the verification after the last of them
 * @param startedAt when the barrier was about to be appended: everything acknowledged before is covered
 */
public record ShardReport(
        ShardId shard,
        VerificationMode mode,
        Optional<Lsn> barrier,
        ArchiveReport archive,
        List<ReplicaReport> replicas,
        List<Repair> repairs,
        Instant startedAt,
        Duration duration) {
    public ShardReport {
        replicas = List.copyOf(replicas);
        repairs = List.copyOf(repairs);
    }

    /** The worst of the archive's and the replicas'; unknown if there are no replicas. */
    public Conclusion conclusion() {
        Conclusion none = replicas.isEmpty() ? Conclusion.UNKNOWN : Conclusion.EQUAL;
        return replicas.stream()
                .map(replica -> replica.verdict().conclusion())
                .reduce(none, Conclusion::worst)
                .worst(archive.verdict().conclusion());
    }

    public ShardReport replacingRepairs(List<Repair> newRepairs) {
        return new ShardReport(shard, mode, barrier, archive, replicas, newRepairs, startedAt, duration);
    }
}
