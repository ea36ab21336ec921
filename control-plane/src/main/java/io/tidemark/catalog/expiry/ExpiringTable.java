package io.tidemark.catalog.expiry;

import io.tidemark.catalog.state.CatalogState;
import io.tidemark.schema.TableId;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableStatus;
import io.tidemark.schema.key.KeySchema;
import java.util.List;
import java.util.Optional;

/**
 * An active table whose items expire.
 *
 * @param attributeName says when, in seconds since the epoch
 * @param segments into how many parts a search of the table is cut
 */
public record ExpiringTable(String name, TableId id, KeySchema keySchema, String attributeName, int segments) {

    /** In the order of their names. O(tables). */
    public static List<ExpiringTable> in(CatalogState state) {
        return state.tables(Optional.empty(), Integer.MAX_VALUE).stream()
                .filter(table -> table.status() == TableStatus.ACTIVE)
                .flatMap(
                        table -> table.settings().timeToLiveAttribute().map(attribute -> of(table, attribute)).stream())
                .toList();
    }

    private static ExpiringTable of(TableDescription table, String attributeName) {
        return new ExpiringTable(
                table.name(),
                table.id(),
                table.keySchema(),
                attributeName,
                table.route().partitions().size());
    }
}
