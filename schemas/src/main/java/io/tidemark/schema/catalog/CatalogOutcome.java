package io.tidemark.schema.catalog;

import io.tidemark.schema.TableId;

/** What applying a catalog command gave; the same in every process. */
public sealed interface CatalogOutcome {

    /** The table as it is after the command, which changed it or had done so before. */
    record TableIs(TableDescription table) implements CatalogOutcome {}

    /** The table is gone, and its name free. */
    record TableGone(TableId tableId) implements CatalogOutcome {}

    record Bound(BindingDescription binding) implements CatalogOutcome {}

    record Unbound(BindingDescription binding) implements CatalogOutcome {}

    record BarrierReached() implements CatalogOutcome {}

    /** Nothing changed. The kind is one of those that are about the request, and says what the caller must do. */
    record Refused(CatalogException.Kind kind, String message) implements CatalogOutcome {}
}
