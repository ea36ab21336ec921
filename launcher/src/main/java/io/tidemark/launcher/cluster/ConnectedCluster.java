package io.tidemark.launcher.cluster;

import io.tidemark.catalog.http.RemoteCatalog;
import io.tidemark.client.ClientConfig;
import io.tidemark.client.ClusterNodes;
import io.tidemark.client.NodeConnections;
import io.tidemark.client.TidemarkClient;
import io.tidemark.launcher.roles.Entropy;
import io.tidemark.launcher.roles.Resources;
import io.tidemark.schema.Zone;
import io.tidemark.schema.catalog.ClusterDescription;
import io.tidemark.schema.catalog.TableAdmin;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A cluster that runs elsewhere. Connects when it is first used. */
public final class ConnectedCluster implements Cluster {
    private final List<URI> endpoints;
    private final Map<Zone, List<URI>> knownNodes;
    private final Resources resources = new Resources();
    private final RemoteCatalog catalog;
    private final ControlHttp http;
    private @Nullable ClusterDescription description;
    private @Nullable TidemarkClient client;

    private ConnectedCluster(List<URI> endpoints, Map<Zone, List<URI>> knownNodes) {
        this.endpoints = List.copyOf(endpoints);
        this.knownNodes = knownNodes;
        this.catalog = resources.add(RemoteCatalog.connect(endpoints));
        this.http = resources.add(new ControlHttp(endpoints));
    }

    /** @param endpoints of the control processes; where one cannot be reached the next is asked */
    public static ConnectedCluster connect(List<URI> endpoints) {
        return new ConnectedCluster(endpoints, Map.of());
    }

    /** @param nodes the storage nodes' addresses for this client, in place of those that the control plane names */
    public static ConnectedCluster connect(List<URI> endpoints, Map<Zone, List<URI>> nodes) {
        return new ConnectedCluster(endpoints, Map.copyOf(nodes));
    }

    @Override
    public URI endpoint() {
        return endpoints.getFirst();
    }

    @Override
    public synchronized ClusterDescription description() {
        ClusterDescription known = description;
        if (known == null) {
            try {
                known = catalog.describeCluster().toCompletableFuture().join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
            description = known;
        }
        return known;
    }

    @Override
    public synchronized TidemarkClient client() {
        TidemarkClient connected = client;
        if (connected == null) {
            Map<Zone, List<URI>> nodes = new LinkedHashMap<>();
            description()
                    .zones()
                    .forEach(zone -> nodes.put(zone.zone(), knownNodes.getOrDefault(zone.zone(), zone.nodes())));
            NodeConnections connections = resources.add(new NodeConnections());
            connected = resources.add(new TidemarkClient(
                    ClusterNodes.remote(connections, nodes), catalog, ClientConfig.DEFAULT, Entropy.splittable()));
            client = connected;
        }
        return connected;
    }

    @Override
    public TableAdmin tables() {
        return catalog;
    }

    /** Of the control processes. */
    public List<URI> endpoints() {
        return endpoints;
    }

    /** What the control plane serves besides tables: the log, the archive, verifications. */
    public ControlHttp http() {
        return http;
    }

    @Override
    public void close() {
        resources.close();
    }
}
