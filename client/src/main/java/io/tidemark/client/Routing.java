package io.tidemark.client;

import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.node.NodeException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** Runs an operation with a table's route, and again with a newer one where nodes say that it is out of date. Thread-safe. */
final class Routing {
    /** The route turned out to be wrong, and nothing took effect. */
    static final class StaleRouteException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StaleRouteException(String message) {
            super(message);
        }
    }

    private final RouteSource routes;
    private final ShardCalls calls;

    Routing(RouteSource routes, ShardCalls calls) {
        this.routes = routes;
        this.calls = calls;
    }

    /**
     * @param operation is given the route and the number of the try, from 0; a {@link StaleRouteException}, or a {@link
     *     NodeException} that says the same, is answered by another try, with a newer route if there is one, after a pause: a
     *     replica that lags may simply not know the table yet
     */
    <T> CompletableFuture<T> routed(String tableName, BiFunction<TableRoute, Integer, CompletableFuture<T>> operation) {
        return routes.route(tableName)
                .map(route -> tried(tableName, route, operation, 0))
                .orElseGet(() -> refreshed(tableName, operation, 0, ""));
    }

    private <T> CompletableFuture<T> tried(
            String tableName,
            TableRoute route,
            BiFunction<TableRoute, Integer, CompletableFuture<T>> operation,
            int tries) {
        return operation.apply(route, tries).exceptionallyCompose(failure -> {
            Throwable cause = Operations.unwrapped(failure);
            if (!staleRoute(cause)) {
                return CompletableFuture.failedFuture(cause);
            }
            String detail = String.valueOf(cause.getMessage());
            if (tries + 1 > calls.config().maxRouteRefreshes()) {
                return CompletableFuture.failedFuture(new UnknownTableException(tableName, detail));
            }
            return calls.pause(calls.backoff(tries))
                    .thenCompose(done -> refreshed(tableName, operation, tries + 1, detail));
        });
    }

    private <T> CompletableFuture<T> refreshed(
            String tableName,
            BiFunction<TableRoute, Integer, CompletableFuture<T>> operation,
            int tries,
            String detail) {
        return routes.refresh(tableName)
                .toCompletableFuture()
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(new UnavailableException(
                        "the route of table " + tableName + " could not be asked for: " + Operations.unwrapped(failure),
                        List.of(),
                        Optional.empty(),
                        false)))
                .thenCompose(route -> route.map(found -> tried(tableName, found, operation, tries))
                        .orElseGet(() -> CompletableFuture.failedFuture(new UnknownTableException(tableName, detail))));
    }

    private static boolean staleRoute(Throwable failure) {
        return switch (failure) {
            case StaleRouteException stale -> true;
            case NodeException node ->
                node.kind() == NodeException.Kind.UNKNOWN_TABLE || node.kind() == NodeException.Kind.WRONG_RANGE;
            default -> false;
        };
    }
}
