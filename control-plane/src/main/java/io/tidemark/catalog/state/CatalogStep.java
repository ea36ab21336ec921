package io.tidemark.catalog.state;

import io.tidemark.schema.RequestId;
import io.tidemark.schema.catalog.CatalogOutcome;

/** What one record of the catalog's log gave. */
public sealed interface CatalogStep {

    /** The record was a command; {@code state} is what the catalog is after it, even if it was refused. */
    record Applied(CatalogState state, RequestId requestId, CatalogOutcome outcome) implements CatalogStep {}

    /** The record was no catalog command. It is counted, and has no other effect. */
    record Skipped(CatalogState state, String reason) implements CatalogStep {}

    /** The record was written for rules that this build does not know. Stop; a newer build must take over. */
    record TooNew(int semanticsVersion) implements CatalogStep {}
}
