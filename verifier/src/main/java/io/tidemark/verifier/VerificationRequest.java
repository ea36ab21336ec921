package io.tidemark.verifier;

import io.tidemark.schema.ShardId;
import io.tidemark.verifier.report.VerificationMode;
import java.util.Set;

/**
 * What to verify.
 *
 * @param heal whether a replica that is found wrong is set aside and rebuilt, one after the other, while the reference and most
 *     zones agree
 * @param shards all of the cluster if empty
 */
public record VerificationRequest(VerificationMode mode, boolean heal, Set<ShardId> shards) {
    public static final VerificationRequest DEEP = new VerificationRequest(VerificationMode.DEEP, false, Set.of());
    public static final VerificationRequest QUICK = new VerificationRequest(VerificationMode.QUICK, false, Set.of());

    public VerificationRequest {
        shards = Set.copyOf(shards);
    }

    public VerificationRequest withHeal(boolean newHeal) {
        return new VerificationRequest(mode, newHeal, shards);
    }
}
