package io.tidemark.verifier.proof;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;

/** Is told how a proof goes on. Called by several threads at once; must not block. */
@FunctionalInterface
public interface ProofListener {
    ProofListener NONE = (shard, checkedEnd) -> {};

    /** @param checkedEnd everything of the shard before it is checked and replayed */
    void checked(ShardId shard, Lsn checkedEnd);
}
