package io.tidemark.launcher.cluster;

import io.tidemark.client.TidemarkClient;
import io.tidemark.schema.catalog.ClusterDescription;
import io.tidemark.schema.catalog.TableAdmin;
import java.net.URI;

/** A running cluster as its user sees it. Thread-safe. */
public interface Cluster extends AutoCloseable {
    /** Where its control plane listens. */
    URI endpoint();

    ClusterDescription description();

    /** Closed with the cluster. */
    TidemarkClient client();

    /** Closed with the cluster. */
    TableAdmin tables();

    @Override
    void close();
}
