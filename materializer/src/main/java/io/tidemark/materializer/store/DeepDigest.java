package io.tidemark.materializer.store;

import io.tidemark.schema.hash.StateDigest;
import java.util.List;

/**
 * What reading everything at rest gave.
 *
 * @param digest computed from the items that could be read
 * @param damage what could not be read, failed a checksum or contradicts the digest that was kept up to date; each names the
 *     place, never contents. Empty if everything is as it was written. At most {@link #MAX_DAMAGE} entries.
 */
public record DeepDigest(StateDigest digest, List<String> damage) {
    /** More damage than this is only counted, in a last entry. */
    public static final int MAX_DAMAGE = 100;

    public DeepDigest {
        damage = List.copyOf(damage);
    }
}
