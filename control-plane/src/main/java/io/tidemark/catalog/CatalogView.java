package io.tidemark.catalog;

import io.tidemark.catalog.state.CatalogState;
import io.tidemark.schema.Lsn;

/** @param nextLsn everything before it in the catalog's log is in {@code state} */
public record CatalogView(CatalogState state, Lsn nextLsn) {
    static final CatalogView EMPTY = new CatalogView(CatalogState.EMPTY, Lsn.FIRST);
}
