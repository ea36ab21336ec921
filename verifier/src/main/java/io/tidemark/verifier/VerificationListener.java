package io.tidemark.verifier;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.verifier.report.ReplicaReport;
import io.tidemark.verifier.report.ShardReport;

/** Is told of a verification's progress, for people to watch. Called by several threads at once; must not block. */
public interface VerificationListener {
    VerificationListener NONE = new VerificationListener() {};

    /** The shard's verification begins. */
    default void started(ShardId shard) {}

    /** All will be compared at this barrier. */
    default void barrierAppended(ShardId shard, Lsn barrier) {}

    /**
     * A part of the archive was checked.
     *
     * @param checkedEnd everything before it is checked
     * @param end where checking ends
     */
    default void archiveChecked(ShardId shard, Lsn checkedEnd, Lsn end) {}

    /** @param what is waited for, in words */
    default void waiting(ShardId shard, String what) {}

    /** The replica's verdict is there. */
    default void compared(ShardId shard, ReplicaReport replica) {}

    /** The replica is set aside and rebuilt. */
    default void healing(ShardId shard, Zone zone, String why) {}

    /** A shard may be verified again after a repair. */
    default void finished(ShardReport report) {}
}
