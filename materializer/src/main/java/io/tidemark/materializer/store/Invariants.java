package io.tidemark.materializer.store;

import io.tidemark.materializer.core.Transition;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.WalRecord;

/** What must hold whenever a replica is changed. */
final class Invariants {
    private Invariants() {}

    /** A replica moves by one LSN at a time. */
    static void requireNext(Lsn nextLsn, Transition transition) {
        if (!transition.lsn().equals(nextLsn)) {
            throw new IllegalArgumentException(
                    "the store is at LSN " + nextLsn + ", the transition is that of LSN " + transition.lsn());
        }
    }

    /** A record goes to the replica of its own shard. */
    static void requireSameShard(ShardId shard, WalRecord record) {
        if (!record.shard().equals(shard)) {
            throw new IllegalArgumentException(
                    "a record of shard " + record.shard() + " was given to the replica of shard " + shard);
        }
    }

    /** Between the replica's position and the record nothing is missing. */
    static void requireNoGap(ShardId shard, Lsn nextLsn, Lsn offered) {
        if (offered.isAfter(nextLsn)) {
            throw new LogGapException(shard, nextLsn, offered);
        }
    }
}
