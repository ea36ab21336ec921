package io.tidemark.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.log.Log;
import io.tidemark.log.MemoryLog;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.catalog.BindingDescription;
import io.tidemark.schema.catalog.BindingSpec;
import io.tidemark.schema.catalog.BindingStatus;
import io.tidemark.schema.catalog.CatalogCommand;
import io.tidemark.schema.catalog.CatalogStatus.UnsettledTable;
import io.tidemark.schema.catalog.SourceFormat;
import io.tidemark.schema.catalog.SourceKey;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatalogMetricsTest {
    private static final CatalogProgress PROGRESS = new CatalogProgress() {
        @Override
        public List<UnsettledTable> unsettled() {
            return List.of();
        }

        @Override
        public BindingStatus binding(BindingDescription binding) {
            return new BindingStatus(
                    binding, BindingStatus.State.FAILED, Optional.of(7L), 0, 2, 0, Optional.of("no topic"));
        }
    };

    @Test
    void gaugesFollowTheCatalog() {
        try (Log log = new MemoryLog(1, InstantSource.system());
                CatalogReplica catalog = CatalogReplica.start(log, CatalogConfig.DEFAULT, new SecureRandom())) {
            MeterRegistry registry = new SimpleMeterRegistry();
            new CatalogMetrics(catalog, PROGRESS).bindTo(registry);
            assertThat(gauge(registry, "tables")).isZero();
            KeySchema keys = KeySchema.of(new KeyAttribute("page", KeyType.S));
            submit(catalog, 1, new CatalogCommand.CreateTable("pages", keys, 3, 3));
            submit(
                    catalog,
                    2,
                    new CatalogCommand.BindSource(
                            new BindingSpec("edits", "pages", SourceFormat.JSON, SourceKey.RECORD_KEY)));
            assertThat(gauge(registry, "tables")).isEqualTo(1);
            assertThat(gauge(registry, "partitions")).isEqualTo(3);
            assertThat(gauge(registry, "next.lsn")).isEqualTo(2);
            assertThat(gauge(registry, "bindings")).isEqualTo(1);
            assertThat(gauge(registry, "bindings.failing")).isEqualTo(1);
            assertThat(gauge(registry, "bindings.lag.records")).isEqualTo(7);
            assertThat(gauge(registry, "bindings.dead.letters")).isEqualTo(2);
            assertThat(gauge(registry, "stopped")).isZero();
        }
    }

    private static double gauge(MeterRegistry registry, String name) {
        return registry.get("tidemark.catalog." + name).gauge().value();
    }

    private static void submit(CatalogReplica catalog, long id, CatalogCommand command) {
        catalog.submit(new RequestId(5, id), command).toCompletableFuture().join();
    }
}
