package io.tidemark.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.launcher.cluster.Cluster;
import io.tidemark.launcher.cluster.EmbeddedCluster;
import io.tidemark.launcher.output.ProgressBar;
import io.tidemark.launcher.roles.Entropy;
import io.tidemark.verifier.Verification;
import io.tidemark.verifier.VerificationRequest;
import io.tidemark.verifier.VerifiedCluster;
import io.tidemark.verifier.VerifierSettings;
import io.tidemark.verifier.report.ReportJson;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** A cluster in this process, verified by this process. Leaves the cluster open. */
final class EmbeddedTarget implements DemoTarget {
    private final EmbeddedCluster cluster;
    private final Verification verification;

    /** @param references folder of the reference replicas */
    EmbeddedTarget(EmbeddedCluster cluster, Path references) {
        this.cluster = cluster;
        this.verification = new Verification(
                new VerifiedCluster(
                        cluster.wal(), cluster.objectStore(), cluster.client().nodes()),
                VerifierSettings.of(references),
                Clock.systemUTC(),
                System::nanoTime,
                Entropy.splittable());
    }

    @Override
    public Cluster cluster() {
        return cluster;
    }

    @Override
    public JsonNode verify(boolean heal, ProgressBar progress) {
        return ReportJson.of(
                verification.verify(VerificationRequest.DEEP.withHeal(heal), new ArchiveProgress(progress)));
    }

    @Override
    public Optional<EmbeddedCluster> embedded() {
        return Optional.of(cluster);
    }

    @Override
    public void close() {
        verification.close();
    }
}
