package io.tidemark.client;

import io.tidemark.schema.key.TableRoute;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where tables live, as far as the caller's side knows. Thread-safe. */
public interface RouteSource {
    /** From memory, without waiting; may be out of date. Empty if no active table of that name is known. */
    Optional<TableRoute> route(String tableName);

    /**
     * Asks where the table lives now; completes with what {@link #route} then returns. The client calls it when a node said
     * that a route is wrong, and when no table of that name was known.
     */
    CompletionStage<Optional<TableRoute>> refresh(String tableName);
}
