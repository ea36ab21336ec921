package io.tidemark.catalog.state;

import io.tidemark.schema.RequestId;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableSettings;
import io.tidemark.schema.catalog.TableStatus;

/** @param createdBy the request that made the table; repeated, it finds its own work however late */
record TableEntry(TableDescription table, RequestId createdBy) {
    TableEntry withStatus(TableStatus status) {
        return new TableEntry(table.withStatus(status), createdBy);
    }

    TableEntry with(TableSettings settings) {
        return new TableEntry(table.with(settings), createdBy);
    }
}
