package io.tidemark.router.operation.item;

import io.tidemark.client.RouteSource;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ItemErrors;
import io.tidemark.router.error.ProtocolErrors;
import io.tidemark.router.operation.AccessRule;
import io.tidemark.router.operation.Call;
import io.tidemark.router.operation.TableAccess.Right;
import io.tidemark.schema.key.TableRoute;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Finds tables by name. Operations on items know active tables only: as at the service, one that is being made or deleted is not
 * found. Thread-safe.
 */
final class Tables {
    private final RouteSource routes;
    private final AccessRule access;

    Tables(RouteSource routes, AccessRule access) {
        this.routes = routes;
        this.access = access;
    }

    /**
     * The table that the input names.
     *
     * @throws ApiException ACCESS_DENIED if the caller may not, whether there is such a table or not
     */
    String allowed(Call call, Right right, Parameters input) {
        return allowed(call, right, input.required("TableName").asText());
    }

    /** @throws ApiException ACCESS_DENIED if the caller may not, whether there is such a table or not */
    String allowed(Call call, Right right, String tableName) {
        access.require(call, right, tableName);
        return tableName;
    }

    /**
     * Does something with a table; from memory, without a detour, where the table is known. What is remembered may be a table
     * that had the name before: so a refusal by its key is not believed before the table was asked for again, if that can be done.
     *
     * @param operation throws an {@link ApiException} at once, and without any effect, for what does not fit the table
     * @return fails with RESOURCE_NOT_FOUND, or as {@code operation} does
     */
    <T> CompletableFuture<T> with(String tableName, Function<TableRoute, CompletableFuture<T>> operation) {
        Optional<TableRoute> known = routes.route(tableName);
        if (known.isEmpty()) {
            return asked(tableName).thenCompose(operation);
        }
        TableRoute route = known.get();
        try {
            return operation.apply(route);
        } catch (ApiException refusal) {
            return routes.refresh(tableName)
                    .toCompletableFuture()
                    .handle((now, failure) -> failure == null ? now.orElseThrow(ItemErrors::tableNotFound) : route)
                    .thenCompose(now -> now.tableId().equals(route.tableId())
                            ? CompletableFuture.failedFuture(refusal)
                            : operation.apply(now));
        }
    }

    private CompletableFuture<TableRoute> asked(String tableName) {
        return routes.refresh(tableName).toCompletableFuture().handle((route, failure) -> {
            if (failure != null) {
                throw ProtocolErrors.unavailable();
            }
            return route.orElseThrow(ItemErrors::tableNotFound);
        });
    }
}
