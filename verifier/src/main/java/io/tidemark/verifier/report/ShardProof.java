package io.tidemark.verifier.report;

import io.tidemark.archiver.segment.Sha256;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import java.util.Optional;

/**
 * What the bucket alone tells of one shard.
 *
 * @param archive equal means: the chain is whole, from the shard's first record to the end that it had at the start
 * @param state that replaying the chain gives; absent where it could not be replayed to its end
 */
public record ShardProof(ShardId shard, ArchiveReport archive, Optional<ProvenState> state) {
    /**
     * A state that anybody with the same bucket finds.
     *
     * @param nextLsn everything before it is in the chain and applied
     * @param chainHead hash of the last segment; it covers the whole chain, since each segment names the hash of the one before
     * @param stateHash see {@link io.tidemark.schema.hash.StateDigest#stateHash}
     * @param items how many there are in the end
     * @param rejected records that every replica refuses, such as those that cannot be decoded or fail their checksum
     */
    public record ProvenState(Lsn nextLsn, Sha256 chainHead, Bytes stateHash, long items, long rejected) {}

    /** Nothing could be looked at. */
    public static ShardProof without(ShardId shard, String reason) {
        return new ShardProof(shard, ArchiveReport.of(new Verdict.Unknown(reason)), Optional.empty());
    }

    public Conclusion conclusion() {
        return archive.verdict().conclusion();
    }
}
