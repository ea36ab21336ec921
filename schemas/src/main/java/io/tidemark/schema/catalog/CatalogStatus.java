package io.tidemark.schema.catalog;

import io.tidemark.schema.Lsn;
import java.util.List;
import java.util.Optional;

/**
 * How the catalog of one control process fares.
 *
 * @param nextLsn everything before it in the catalog's log has been applied
 * @param skippedRecords records in the log that are no catalog commands; they had no effect
 * @param unsettled tables that are neither active nor gone, with what holds them up
 * @param fault why the catalog has stopped following its log; empty if it has not
 */
public record CatalogStatus(
        String version,
        Lsn nextLsn,
        int tables,
        int partitions,
        long skippedRecords,
        List<UnsettledTable> unsettled,
        List<BindingStatus> bindings,
        Optional<String> fault) {

    /** @param lastError empty if no attempt has failed yet */
    public record UnsettledTable(String name, TableStatus status, int attempts, Optional<String> lastError) {}

    public CatalogStatus {
        unsettled = List.copyOf(unsettled);
        bindings = List.copyOf(bindings);
    }
}
