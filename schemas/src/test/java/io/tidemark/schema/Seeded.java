package io.tidemark.schema;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Runs a property many times with random input; a failure names the seed that repeats it. */
public final class Seeded {
    private static final long BASE_SEED = Long.getLong("tidemark.seed", 20_260_101L);

    private Seeded() {}

    /** A property of whatever the random generator gives. */
    @FunctionalInterface
    public interface Property {
        void check(RandomGenerator random) throws Exception;
    }

    /** Run {@code -Dtidemark.seed=<seed>} to have the failing case first. */
    public static void times(int count, Property property) {
        for (long seed = BASE_SEED; seed < BASE_SEED + count; seed++) {
            try {
                property.check(new SplittableRandom(seed));
            } catch (Exception | AssertionError | StackOverflowError e) {
                throw new AssertionError("with -Dtidemark.seed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
