package io.tidemark.catalog.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.QueryParams;
import io.tidemark.client.RouteSource;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.catalog.BindingDescription;
import io.tidemark.schema.catalog.BindingSpec;
import io.tidemark.schema.catalog.BindingStatus;
import io.tidemark.schema.catalog.CatalogException;
import io.tidemark.schema.catalog.CatalogException.Kind;
import io.tidemark.schema.catalog.CatalogStatus;
import io.tidemark.schema.catalog.ClusterDescription;
import io.tidemark.schema.catalog.TableAdmin;
import io.tidemark.schema.catalog.TableChange;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableList;
import io.tidemark.schema.catalog.TableSpec;
import io.tidemark.schema.catalog.TableStatus;
import io.tidemark.schema.key.TableRoute;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The catalog of a control process behind HTTP, and the routes of its tables. Thread-safe. */
public final class RemoteCatalog implements TableAdmin, RouteSource {
    /** As many tables as a cluster takes. */
    private static final int MAX_CACHED_ROUTES = 10_000;

    private final ControlConnection connection;
    private final Cache<String, TableRoute> routes =
            Caffeine.newBuilder().maximumSize(MAX_CACHED_ROUTES).build();

    private RemoteCatalog(ControlConnection connection) {
        this.connection = connection;
    }

    /**
     * Connects when first used.
     *
     * @param uris of the control processes, {@code http://host:port}; where one cannot be reached the next is asked
     * @throws IllegalArgumentException if there is none, or one looks otherwise
     */
    public static RemoteCatalog connect(List<URI> uris) {
        return new RemoteCatalog(new ControlConnection(uris));
    }

    @Override
    public CompletionStage<TableDescription> createTable(TableSpec spec, RequestId requestId) {
        return connection
                .change(
                        HttpMethod.POST,
                        ControlProtocol.TABLES_PATH,
                        Optional.of(JsonFields.write(CatalogJson.write(spec))),
                        requestId,
                        CatalogJsonReader::table)
                .thenApply(this::remembered);
    }

    @Override
    public CompletionStage<TableDescription> describeTable(String name) {
        return connection.get(tablePath(name), CatalogJsonReader::table).thenApply(this::remembered);
    }

    @Override
    public CompletionStage<TableDescription> awaitActive(String name, Duration timeout) {
        return connection
                .get(awaitPath(name, ControlProtocol.AWAIT_ACTIVE, timeout), timeout, CatalogJsonReader::table)
                .thenApply(this::remembered);
    }

    @Override
    public CompletionStage<TableList> listTables(Optional<String> exclusiveStartName, int limit) {
        var parameters = QueryParams.builder().add(ControlProtocol.LIMIT, Integer.toString(limit));
        exclusiveStartName.ifPresent(name -> parameters.add(ControlProtocol.EXCLUSIVE_START, name));
        return connection.get(
                ControlProtocol.TABLES_PATH + "?" + parameters.build().toQueryString(), CatalogJsonReader::tableList);
    }

    @Override
    public CompletionStage<TableDescription> changeTable(String name, TableChange change, RequestId requestId) {
        return connection
                .change(
                        HttpMethod.POST,
                        tablePath(name) + ControlProtocol.CHANGES_PATH,
                        Optional.of(JsonFields.write(SettingsJson.write(change))),
                        requestId,
                        CatalogJsonReader::table)
                .thenApply(this::remembered);
    }

    @Override
    public CompletionStage<TableDescription> deleteTable(String name, RequestId requestId) {
        return connection
                .change(HttpMethod.DELETE, tablePath(name), Optional.empty(), requestId, CatalogJsonReader::table)
                .thenApply(this::remembered);
    }

    @Override
    public CompletionStage<Void> awaitGone(String name, Duration timeout) {
        return connection.getNothing(awaitPath(name, ControlProtocol.AWAIT_GONE, timeout), timeout);
    }

    @Override
    public CompletionStage<BindingDescription> bindSource(BindingSpec spec, RequestId requestId) {
        return connection.change(
                HttpMethod.POST,
                ControlProtocol.BINDINGS_PATH,
                Optional.of(JsonFields.write(CatalogJson.write(spec))),
                requestId,
                CatalogJsonReader::binding);
    }

    @Override
    public CompletionStage<BindingDescription> unbindSource(int bindingId, RequestId requestId) {
        return connection.change(
                HttpMethod.DELETE,
                ControlProtocol.BINDINGS_PATH + "/" + bindingId,
                Optional.empty(),
                requestId,
                CatalogJsonReader::binding);
    }

    @Override
    public CompletionStage<List<BindingStatus>> listBindings() {
        return connection.get(ControlProtocol.BINDINGS_PATH, CatalogJsonReader::bindings);
    }

    @Override
    public CompletionStage<ClusterDescription> describeCluster() {
        return connection.get(ControlProtocol.CLUSTER_PATH, CatalogJsonReader::cluster);
    }

    @Override
    public CompletionStage<CatalogStatus> status() {
        return connection.get(ControlProtocol.STATUS_PATH, CatalogJsonReader::status);
    }

    @Override
    public Optional<TableRoute> route(String tableName) {
        return Optional.ofNullable(routes.getIfPresent(tableName));
    }

    @Override
    public CompletionStage<Optional<TableRoute>> refresh(String tableName) {
        return describeTable(tableName)
                .handle((table, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedFuture(route(tableName));
                    }
                    Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                            ? failure.getCause()
                            : failure;
                    if (cause instanceof CatalogException refused && refused.kind() == Kind.TABLE_NOT_FOUND) {
                        routes.invalidate(tableName);
                        return CompletableFuture.completedFuture(Optional.<TableRoute>empty());
                    }
                    return CompletableFuture.<Optional<TableRoute>>failedFuture(cause);
                })
                .thenCompose(stage -> stage);
    }

    private TableDescription remembered(TableDescription table) {
        if (table.status() == TableStatus.ACTIVE) {
            routes.put(table.name(), table.route());
        } else {
            routes.invalidate(table.name());
        }
        return table;
    }

    private static String tablePath(String name) {
        // Spaces in a path are %20; names that need it are refused by the server, with its own words.
        return ControlProtocol.TABLES_PATH + "/"
                + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String awaitPath(String name, String await, Duration timeout) {
        return tablePath(name) + "?"
                + QueryParams.of(
                                ControlProtocol.AWAIT,
                                await,
                                ControlProtocol.TIMEOUT_MS,
                                Long.toString(timeout.toMillis()))
                        .toQueryString();
    }

    @Override
    public void close() {
        connection.close();
    }
}
