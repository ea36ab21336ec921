package io.tidemark.verifier;

import java.time.Duration;

/**
 * When a {@link Verifier} verifies what.
 *
 * @param interval between two rounds, in which every shard is verified that has changed
 * @param scrubInterval within it every replica and every segment is read again, spread evenly over the rounds
 * @param heal whether a replica that is found wrong is rebuilt
 * @param debtLimit age of the oldest unverified record from which on the alarm is raised
 */
public record VerifierSchedule(Duration interval, Duration scrubInterval, boolean heal, Duration debtLimit) {
    public static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(5);
    public static final Duration DEFAULT_SCRUB_INTERVAL = Duration.ofHours(24);

    /** Rounds that may be missed before the alarm is raised. */
    private static final int ROUNDS_OF_DEBT = 4;

    public VerifierSchedule {
        requirePositive("interval", interval);
        requirePositive("scrub interval", scrubInterval);
        requirePositive("debt limit", debtLimit);
    }

    /** The alarm is raised after some rounds without success, a minute at least. */
    public static VerifierSchedule of(Duration interval, Duration scrubInterval, boolean heal) {
        Duration limit = interval.multipliedBy(ROUNDS_OF_DEBT);
        Duration least = Duration.ofMinutes(1);
        return new VerifierSchedule(interval, scrubInterval, heal, limit.compareTo(least) < 0 ? least : limit);
    }

    /** How many shards one round scrubs so that all are within the scrub interval; at least one. */
    int scrubsPerRound(int shards) {
        double rounds = Math.max(1.0, (double) scrubInterval.toMillis() / Math.max(1, interval.toMillis()));
        return (int) Math.max(1, Math.ceil(shards / rounds));
    }

    private static void requirePositive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive: " + duration);
        }
    }
}
