package io.tidemark.schema.catalog;

import io.tidemark.schema.TableId;
import java.time.Instant;

/**
 * A binding as the catalog has it.
 *
 * @param id names the binding for ever; positive, never reused
 * @param tableId the table that bore the name when the binding was made
 * @param createdAt log time of the record that made it
 */
public record BindingDescription(int id, BindingSpec spec, TableId tableId, Instant createdAt) {
    public BindingDescription {
        if (id <= 0) {
            throw new IllegalArgumentException("binding id must be positive: " + id);
        }
    }
}
