package io.tidemark.client;

import io.tidemark.schema.key.TableRoute;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Routes that a test sets: those known, and those that asking again would find. */
final class FixedRoutes implements RouteSource {
    final Map<String, TableRoute> known = new ConcurrentHashMap<>();
    final Map<String, TableRoute> newest = new ConcurrentHashMap<>();
    final AtomicInteger refreshes = new AtomicInteger();

    static FixedRoutes of(String tableName, TableRoute route) {
        FixedRoutes routes = new FixedRoutes();
        routes.known.put(tableName, route);
        routes.newest.put(tableName, route);
        return routes;
    }

    @Override
    public Optional<TableRoute> route(String tableName) {
        return Optional.ofNullable(known.get(tableName));
    }

    @Override
    public CompletionStage<Optional<TableRoute>> refresh(String tableName) {
        refreshes.incrementAndGet();
        TableRoute found = newest.get(tableName);
        if (found == null) {
            known.remove(tableName);
        } else {
            known.put(tableName, found);
        }
        return CompletableFuture.completedFuture(route(tableName));
    }
}
