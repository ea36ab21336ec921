package io.tidemark.catalog;

import io.tidemark.schema.catalog.BindingDescription;
import io.tidemark.schema.catalog.BindingStatus;
import io.tidemark.schema.catalog.CatalogStatus.UnsettledTable;
import java.util.List;

/** How this process gets on with what the catalog says. Thread-safe; answers at once. */
public interface CatalogProgress {
    List<UnsettledTable> unsettled();

    BindingStatus binding(BindingDescription binding);
}
