package io.tidemark.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.launcher.cluster.Cluster;
import io.tidemark.launcher.cluster.EmbeddedCluster;
import io.tidemark.launcher.output.ProgressBar;
import java.util.Optional;

/** The cluster that the demo runs on. */
interface DemoTarget extends AutoCloseable {
    Cluster cluster();

    /**
     * Verifies every shard, re-reading everything.
     *
     * @param progress counts the archived records that have been checked
     * @return the report, as {@link io.tidemark.verifier.report.ReportJson} writes it
     */
    JsonNode verify(boolean heal, ProgressBar progress);

    /** The cluster in this process, whose nodes the demo may stop and damage; absent for one elsewhere. */
    Optional<EmbeddedCluster> embedded();

    @Override
    void close();
}
