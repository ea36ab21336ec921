package io.tidemark.launcher.process;

import io.tidemark.launcher.cluster.ClusterStartException;
import io.tidemark.schema.Zone;
import io.tidemark.schema.catalog.CatalogException;
import io.tidemark.schema.catalog.ClusterDescription;
import io.tidemark.schema.catalog.TableAdmin;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the control plane which storage nodes there are, and waits for it if it does not answer yet. */
record ClusterDiscovery(TableAdmin catalog, List<URI> control) {
    private static final Logger LOGGER = LoggerFactory.getLogger(ClusterDiscovery.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    /**
     * The nodes of each zone, zones in their order.
     *
     * @throws ClusterStartException if it does not answer within the limit
     */
    Map<Zone, List<URI>> nodes(Duration limit) {
        long startNanos = System.nanoTime();
        while (true) {
            try {
                ClusterDescription cluster =
                        catalog.describeCluster().toCompletableFuture().join();
                Map<Zone, List<URI>> nodes = new LinkedHashMap<>();
                cluster.zones().forEach(zone -> nodes.put(zone.zone(), zone.nodes()));
                return nodes;
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof CatalogException refused)
                        || System.nanoTime() - startNanos > limit.toNanos()) {
                    throw new ClusterStartException(
                            "the control plane at " + control + " did not answer within " + limit.toSeconds() + " s ("
                                    + e.getCause() + "): start it, or correct router.control",
                            e);
                }
                LOGGER.atInfo().addKeyValue("control", control).log("Waiting for the control plane: {}", refused);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterStartException("the start was interrupted", e);
        }
    }
}
