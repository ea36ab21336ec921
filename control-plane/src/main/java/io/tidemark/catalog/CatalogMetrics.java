package io.tidemark.catalog;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tidemark.schema.catalog.BindingStatus;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The gauges of a control process. */
public final class CatalogMetrics implements MeterBinder {
    private final CatalogReplica catalog;
    private final CatalogProgress progress;

    /** The registry keeps both alive. */
    public CatalogMetrics(CatalogReplica catalog, CatalogProgress progress) {
        this.catalog = catalog;
        this.progress = progress;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(
                registry,
                "tables",
                "Tables that are not gone",
                each -> each.catalog.view().state().tableCount());
        gauge(
                registry,
                "partitions",
                "Partitions of all tables",
                each -> each.catalog.view().state().partitionCount());
        gauge(
                registry,
                "unsettled.tables",
                "Tables that are being created or deleted",
                each -> each.progress.unsettled().size());
        gauge(
                registry,
                "next.lsn",
                "Position in the catalog's log, in records",
                each -> each.catalog.view().nextLsn().offset());
        gauge(
                registry,
                "skipped.records",
                "Records of the catalog's log that are no catalog commands",
                each -> each.catalog.view().state().skippedRecords());
        gauge(
                registry,
                "stopped",
                "1 if the catalog's log is not followed any more",
                each -> each.catalog.fault().isPresent() ? 1 : 0);
        bindBindingsTo(registry);
    }

    private void bindBindingsTo(MeterRegistry registry) {
        gauge(
                registry,
                "bindings",
                "Source bindings",
                each -> each.catalog.view().state().bindings().size());
        gauge(
                registry,
                "bindings.failing",
                "Source bindings that an error keeps from running",
                each -> each.bindings()
                        .filter(status -> status.state() == BindingStatus.State.FAILED
                                || status.state() == BindingStatus.State.BACKING_OFF)
                        .count());
        gauge(
                registry,
                "bindings.lag.records",
                "Records of all bound topics that are still to be read, as far as that is known",
                each -> each.bindings()
                        .mapToLong(status -> status.lagRecords().orElse(0L))
                        .sum());
        gauge(
                registry,
                "bindings.dead.letters",
                "Source records that could not become a command, since this process began with their bindings",
                each -> each.bindings().mapToLong(BindingStatus::deadLetters).sum());
    }

    private Stream<BindingStatus> bindings() {
        return catalog.view().state().bindings().stream().map(progress::binding);
    }

    private void gauge(
            MeterRegistry registry, String name, String description, ToDoubleFunction<CatalogMetrics> value) {
        Gauge.builder("tidemark.catalog." + name, this, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }
}
