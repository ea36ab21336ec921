package io.tidemark.verifier.report;

import java.time.Duration;
import java.util.Optional;

/**
 * What the log holds and no verification has covered.
 *
 * @param records how many, over all shards; absent where the log did not answer
 * @param oldestAge of the oldest of them; zero if there are none, absent where the log did not answer
 */
public record VerificationDebt(Optional<Long> records, Optional<Duration> oldestAge) {
    public static final VerificationDebt NONE = new VerificationDebt(Optional.of(0L), Optional.of(Duration.ZERO));
    public static final VerificationDebt UNKNOWN = new VerificationDebt(Optional.empty(), Optional.empty());

    public VerificationDebt plus(VerificationDebt other) {
        return new VerificationDebt(
                records.flatMap(mine -> other.records.map(theirs -> mine + theirs)),
                oldestAge.flatMap(mine -> other.oldestAge.map(theirs -> mine.compareTo(theirs) >= 0 ? mine : theirs)));
    }
}
