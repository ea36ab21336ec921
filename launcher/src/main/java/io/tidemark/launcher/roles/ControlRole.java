package io.tidemark.launcher.roles;

import com.linecorp.armeria.server.ServerBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.catalog.CatalogConfig;
import io.tidemark.catalog.CatalogMetrics;
import io.tidemark.catalog.CatalogReplica;
import io.tidemark.catalog.CatalogRoutes;
import io.tidemark.catalog.TableCatalog;
import io.tidemark.catalog.binding.BindingRunner;
import io.tidemark.catalog.binding.BindingSources;
import io.tidemark.catalog.expiry.ExpiringTable;
import io.tidemark.catalog.expiry.ExpiryConfig;
import io.tidemark.catalog.expiry.ExpiryWorker;
import io.tidemark.catalog.http.ControlServer;
import io.tidemark.catalog.http.ControlServerConfig;
import io.tidemark.catalog.reconcile.Reconciler;
import io.tidemark.client.ClientConfig;
import io.tidemark.client.ClusterNodes;
import io.tidemark.client.RouteSource;
import io.tidemark.client.TidemarkClient;
import io.tidemark.log.KafkaConnection;
import io.tidemark.log.Log;
import io.tidemark.log.source.DeadLetters;
import io.tidemark.schema.catalog.ClusterDescription;
import io.tidemark.schema.catalog.TableAdmin;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The control plane: catalog, the work that it asks for, and the HTTP service that clients begin at. */
public final class ControlRole implements AutoCloseable {

    /**
     * @param cluster what clients are told
     * @param clock says which items have expired
     */
    public record Settings(
            ControlServerConfig server,
            ClusterDescription cluster,
            KafkaConnection connection,
            InstantSource clock,
            ExpiryConfig expiry) {}

    /** @param wal the shards' log. All stay the caller's to close */
    public record Logs(Log wal, Log catalog, Log deadLetters) {}

    private final Resources resources;
    private final CatalogReplica catalog;
    private final TableAdmin tables;
    private final ControlServer server;

    private ControlRole(Resources resources, CatalogReplica catalog, TableAdmin tables, ControlServer server) {
        this.resources = resources;
        this.catalog = catalog;
        this.tables = tables;
        this.server = server;
    }

    /**
     * Listens from when this returns.
     *
     * @param nodes stay the caller's to close
     * @param random must be thread-safe
     * @param routes adds what else this port shall serve
     */
    public static ControlRole start(
            Settings settings,
            Logs logs,
            ClusterNodes nodes,
            RandomGenerator random,
            MeterRegistry registry,
            Consumer<ServerBuilder> routes) {
        Resources resources = new Resources();
        boolean started = false;
        try {
            CatalogReplica catalog = resources.add(CatalogReplica.start(logs.catalog(), CatalogConfig.DEFAULT, random));
            TidemarkClient client =
                    resources.add(new TidemarkClient(nodes, new CatalogRoutes(catalog), ClientConfig.DEFAULT, random));
            Reconciler reconciler = resources.add(Reconciler.start(catalog, logs.wal(), client::callAsync, random));
            BindingSources sources =
                    new BindingSources(settings.connection(), logs.wal(), new DeadLetters(logs.deadLetters()));
            BindingRunner bindings = resources.add(BindingRunner.start(catalog, sources, client::callAsync));
            ControlProgress progress = new ControlProgress(reconciler, bindings);
            new CatalogMetrics(catalog, progress).bindTo(registry);
            resources.add(ExpiryWorker.start(
                    client,
                    () -> ExpiringTable.in(catalog.view().state()),
                    settings.expiry(),
                    settings.clock(),
                    random,
                    registry));
            TableCatalog tables = new TableCatalog(catalog, settings.cluster(), progress);
            ControlServer server = resources.add(ControlServer.start(settings.server(), tables, random, routes));
            started = true;
            return new ControlRole(resources, catalog, tables, server);
        } finally {
            if (!started) {
                resources.close();
            }
        }
    }

    public URI uri() {
        return server.uri();
    }

    /** The catalog without the way over HTTP. */
    public TableAdmin tables() {
        return tables;
    }

    /** Where tables live, from this process's own copy of the catalog. */
    public RouteSource routes() {
        return new CatalogRoutes(catalog);
    }

    /** Completes when everything that was in the catalog's log has been read. */
    public CompletionStage<Void> caughtUp() {
        return catalog.read().thenAccept(view -> {});
    }

    /** Completes with the reason if the catalog can no longer be followed: the process must end then. */
    public CompletionStage<String> faulted() {
        return catalog.faulted();
    }

    @Override
    public void close() {
        resources.close();
    }
}
