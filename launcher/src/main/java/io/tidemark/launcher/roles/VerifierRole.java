package io.tidemark.launcher.roles;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.verifier.Verification;
import io.tidemark.verifier.VerifiedCluster;
import io.tidemark.verifier.Verifier;
import io.tidemark.verifier.VerifierSchedule;
import io.tidemark.verifier.VerifierSettings;
import java.time.InstantSource;
import java.util.random.RandomGenerator.SplittableGenerator;

/** Verifies a cluster round after round, and whenever it is asked to. */
public final class VerifierRole implements AutoCloseable {

    /** @param stores where and how the reference replicas are kept */
    public record Settings(VerifierSettings stores, VerifierSchedule schedule) {}

    private final Resources resources;
    private final Verification verification;
    private final Verifier verifier;

    private VerifierRole(Resources resources, Verification verification, Verifier verifier) {
        this.resources = resources;
        this.verification = verification;
        this.verifier = verifier;
    }

    /**
     * @param cluster stays the caller's to close
     * @param random of this role alone
     */
    public static VerifierRole start(
            Settings settings,
            VerifiedCluster cluster,
            InstantSource clock,
            SplittableGenerator random,
            MeterRegistry registry) {
        Resources resources = new Resources();
        boolean started = false;
        try {
            Verification verification =
                    resources.add(new Verification(cluster, settings.stores(), clock, System::nanoTime, random));
            Verifier verifier = resources.add(Verifier.start(verification, settings.schedule(), clock, registry));
            started = true;
            return new VerifierRole(resources, verification, verifier);
        } finally {
            if (!started) {
                resources.close();
            }
        }
    }

    /** For verifications on demand. */
    public Verification verification() {
        return verification;
    }

    /** That goes through its rounds. */
    public Verifier verifier() {
        return verifier;
    }

    @Override
    public void close() {
        resources.close();
    }
}
