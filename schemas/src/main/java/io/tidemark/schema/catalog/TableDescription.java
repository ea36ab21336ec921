package io.tidemark.schema.catalog;

import io.tidemark.schema.TableId;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.TableRoute;
import java.time.Instant;

/**
 * A table as the catalog has it.
 *
 * @param createdAt log time of the record that created it
 */
public record TableDescription(
        String name, TableStatus status, Instant createdAt, TableRoute route, TableSettings settings) {
    public TableId id() {
        return route.tableId();
    }

    public KeySchema keySchema() {
        return route.keySchema();
    }

    public TableDescription withStatus(TableStatus newStatus) {
        return new TableDescription(name, newStatus, createdAt, route, settings);
    }

    public TableDescription with(TableSettings newSettings) {
        return new TableDescription(name, status, createdAt, route, newSettings);
    }
}
