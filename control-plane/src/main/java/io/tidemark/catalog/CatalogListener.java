package io.tidemark.catalog;

import io.tidemark.catalog.state.CatalogState;

/** Hears of changes. Called on the thread that follows the catalog's log, so it must return at once and must not throw. */
@FunctionalInterface
public interface CatalogListener {
    /** @param state the newest one; those between two calls are left out */
    void onChange(CatalogState state);
}
