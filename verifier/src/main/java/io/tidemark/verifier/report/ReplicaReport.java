package io.tidemark.verifier.report;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.Zone;
import java.time.Duration;
import java.util.Optional;

/**
 * What was found about one replica.
 *
 * @param nextLsn the position that was compared; absent where the replica gave no digest
 * @param stateHash of its state there, see {@link io.tidemark.schema.hash.StateDigest#stateHash}; absent where it gave no digest
 * @param items how many it has there; 0 where it gave no digest
 * @param duration until its digest was there
 */
public record ReplicaReport(
        Zone zone, Verdict verdict, Optional<Lsn> nextLsn, Optional<Bytes> stateHash, long items, Duration duration) {
    /** It gave no digest. */
    public static ReplicaReport without(Zone zone, Verdict verdict, Duration duration) {
        return new ReplicaReport(zone, verdict, Optional.empty(), Optional.empty(), 0, duration);
    }
}
