package io.tidemark.launcher.roles;

import io.tidemark.catalog.CatalogProgress;
import io.tidemark.catalog.binding.BindingRunner;
import io.tidemark.catalog.reconcile.Reconciler;
import io.tidemark.schema.catalog.BindingDescription;
import io.tidemark.schema.catalog.BindingStatus;
import io.tidemark.schema.catalog.CatalogStatus.UnsettledTable;
import java.util.List;

/** How this process gets on with the work that the catalog asks for. */
record ControlProgress(Reconciler reconciler, BindingRunner bindings) implements CatalogProgress {
    @Override
    public List<UnsettledTable> unsettled() {
        return reconciler.unsettled();
    }

    @Override
    public BindingStatus binding(BindingDescription binding) {
        return bindings.status(binding);
    }
}
