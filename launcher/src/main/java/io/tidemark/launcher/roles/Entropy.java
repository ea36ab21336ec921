package io.tidemark.launcher.roles;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;

/** Where a process's randomness begins. Everything below is handed its own generator. */
public final class Entropy {
    private static final String ALGORITHM = "L64X128MixRandom";
    private static final int SEED_BYTES = 32;

    private Entropy() {}

    /** Of which many fast ones can be split; for one thread at a time. */
    public static SplittableGenerator splittable() {
        return (SplittableGenerator)
                RandomGeneratorFactory.of(ALGORITHM).create(new SecureRandom().generateSeed(SEED_BYTES));
    }

    /** For any number of threads. */
    public static RandomGenerator threadSafe() {
        return new SecureRandom();
    }
}
