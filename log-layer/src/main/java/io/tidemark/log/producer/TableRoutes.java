package io.tidemark.log.producer;

import io.tidemark.schema.TableId;
import io.tidemark.schema.key.TableRoute;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables that a producer may write, and where their items live. Thread-safe; called for each record, so it must not block.
 *
 * <p>A route that is out of date loses nothing: the shard rejects the command, and lists it.
 */
@FunctionalInterface
public interface TableRoutes {
    /** Empty if there is no such table. */
    Optional<TableRoute> route(TableId tableId);

    /** Routes that never change. */
    static TableRoutes of(TableRoute... routes) {
        Map<TableId, TableRoute> byTable =
                Stream.of(routes).collect(Collectors.toUnmodifiableMap(TableRoute::tableId, Function.identity()));
        return tableId -> Optional.ofNullable(byTable.get(tableId));
    }
}
