package io.tidemark.catalog.state;

import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.catalog.BindingDescription;
import io.tidemark.schema.catalog.TableDescription;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that the catalog's log says up to some record. Immutable: a change shares all that it leaves as it is. Two states
 * that come from the same records are equal.
 */
public final class CatalogState {
    /** Before the first record. */
    public static final CatalogState EMPTY =
            new CatalogState(0, 0, Tables.EMPTY, Bindings.EMPTY, RememberedRequests.EMPTY);

    private final long logTimeMs;
    private final long skippedRecords;
    private final Tables tables;
    private final Bindings bindings;
    private final RememberedRequests requests;

    private CatalogState(
            long logTimeMs, long skippedRecords, Tables tables, Bindings bindings, RememberedRequests requests) {
        this.logTimeMs = logTimeMs;
        this.skippedRecords = skippedRecords;
        this.tables = tables;
        this.bindings = bindings;
        this.requests = requests;
    }

    /** The greatest timestamp of all records so far: brokers' clocks may step back, log time does not. */
    public Instant logTime() {
        return Instant.ofEpochMilli(logTimeMs);
    }

    /** Records that were no catalog commands and had no effect. */
    public long skippedRecords() {
        return skippedRecords;
    }

    public Optional<TableDescription> table(String name) {
        return tables.entry(name).map(TableEntry::table);
    }

    public Optional<TableDescription> table(TableId id) {
        return tables.entry(id).map(TableEntry::table);
    }

    public int tableCount() {
        return tables.byName().size();
    }

    public int partitionCount() {
        return tables.partitionCount();
    }

    /** Shards without a partition have no entry. */
    public Map<ShardId, Integer> partitionsByShard() {
        return tables.partitionsByShard();
    }

    /** The first {@code limit} tables by name, after {@code exclusiveStart} if given. */
    public List<TableDescription> tables(Optional<String> exclusiveStart, int limit) {
        return tables.page(exclusiveStart, limit);
    }

    /** Tables that are being created or deleted, in the order of their ids. Costs nothing for tables that are active. */
    public List<TableDescription> unsettledTables() {
        return tables.unsettled().stream()
                .flatMap(id -> tables.entry(id).stream())
                .map(TableEntry::table)
                .toList();
    }

    public Optional<BindingDescription> binding(int id) {
        return Optional.ofNullable(bindings.byId().get(id));
    }

    /** In the order of the ids. */
    public Collection<BindingDescription> bindings() {
        return Collections.unmodifiableCollection(bindings.byId().values());
    }

    Tables tableSet() {
        return tables;
    }

    Bindings bindingSet() {
        return bindings;
    }

    RememberedRequests requests() {
        return requests;
    }

    CatalogState at(long timestampMs) {
        return timestampMs <= logTimeMs
                ? this
                : new CatalogState(timestampMs, skippedRecords, tables, bindings, requests);
    }

    CatalogState withOneMoreSkipped() {
        return new CatalogState(logTimeMs, skippedRecords + 1, tables, bindings, requests);
    }

    CatalogState with(Tables newTables) {
        return new CatalogState(logTimeMs, skippedRecords, newTables, bindings, requests);
    }

    CatalogState with(Bindings newBindings) {
        return new CatalogState(logTimeMs, skippedRecords, tables, newBindings, requests);
    }

    CatalogState with(RememberedRequests newRequests) {
        return new CatalogState(logTimeMs, skippedRecords, tables, bindings, newRequests);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CatalogState state
                && logTimeMs == state.logTimeMs
                && skippedRecords == state.skippedRecords
                && tables.equals(state.tables)
                && bindings.equals(state.bindings)
                && requests.equals(state.requests);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(logTimeMs) * 31 + tables.lastId();
    }

    @Override
    public String toString() {
        return "catalog at " + logTime() + ": " + tables.byName().values() + ", bindings "
                + bindings.byId().values() + ", " + requests.byId().size() + " requests, " + skippedRecords
                + " skipped";
    }
}
