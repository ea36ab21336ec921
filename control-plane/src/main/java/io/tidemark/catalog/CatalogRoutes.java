package io.tidemark.catalog;

import io.tidemark.client.RouteSource;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableStatus;
import io.tidemark.schema.key.TableRoute;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The routes of a catalog in this process. */
public final class CatalogRoutes implements RouteSource {
    private final CatalogReplica catalog;

    public CatalogRoutes(CatalogReplica catalog) {
        this.catalog = catalog;
    }

    @Override
    public Optional<TableRoute> route(String tableName) {
        return activeRoute(catalog.view(), tableName);
    }

    @Override
    public CompletionStage<Optional<TableRoute>> refresh(String tableName) {
        return catalog.read().thenApply(view -> activeRoute(view, tableName));
    }

    private static Optional<TableRoute> activeRoute(CatalogView view, String tableName) {
        return view.state()
                .table(tableName)
                .filter(table -> table.status() == TableStatus.ACTIVE)
                .map(TableDescription::route);
    }
}
