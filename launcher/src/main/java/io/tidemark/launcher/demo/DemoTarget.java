package io.tidemark.launcher.demo;

import io.tidemark.launcher.cluster.Cluster;
import io.tidemark.launcher.cluster.EmbeddedCluster;
import io.tidemark.verifier.VerificationListener;
import io.tidemark.verifier.VerificationRequest;
import io.tidemark.verifier.report.VerificationReport;
import java.util.Optional;

/** The cluster that the demo runs on. */
interface DemoTarget {
    Cluster cluster();

    VerificationReport verify(VerificationRequest request, VerificationListener listener) throws InterruptedException;

    /** The cluster in this process, whose nodes the demo may stop and damage; absent for one elsewhere. */
    Optional<EmbeddedCluster> embedded();
}
