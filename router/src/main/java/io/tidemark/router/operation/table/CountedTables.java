package io.tidemark.router.operation.table;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tidemark.client.ItemPage;
import io.tidemark.client.ScanRequest;
import io.tidemark.client.TidemarkClient;
import io.tidemark.schema.TableId;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableStatus;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.node.NodeRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts a table's items when somebody asks for them and what is known is old, one table at a time, by a walk through any replica
 * of it; asks get what was counted last. The service itself brings these figures up to date every six hours; here it is after a
 * thousand times what the last count took, so that counting takes a thousandth of the time.
 */
public final class CountedTables implements TableSizes {
    private static final Logger LOGGER = LoggerFactory.getLogger(CountedTables.class);
    /** As many tables as a cluster takes. */
    private static final int MAX_TABLES = 10_000;

    private static final int IDLE_FACTOR = 1_000;
    private static final Duration LEAST_AGE = Duration.ofSeconds(5);
    private static final Duration GREATEST_AGE = Duration.ofHours(6);

    private record Counted(TableSize size, Instant nextCountAt) {}

    private final TidemarkClient client;
    private final InstantSource clock;
    private final Cache<TableId, Counted> known =
            Caffeine.newBuilder().maximumSize(MAX_TABLES).build();
    private final AtomicBoolean counting = new AtomicBoolean();

    /** @param client stays the caller's to close */
    public CountedTables(TidemarkClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    @Override
    public TableSize of(TableDescription table) {
        Counted counted = known.getIfPresent(table.id());
        Instant now = clock.instant();
        boolean isDue = counted == null || !now.isBefore(counted.nextCountAt());
        if (isDue && table.status() == TableStatus.ACTIVE && counting.compareAndSet(false, true)) {
            new Count(table, now).next(request(table));
        }
        return counted == null ? TableSize.NOTHING : counted.size();
    }

    /** Every item is looked at, and none is sent. */
    private static ScanRequest request(TableDescription table) {
        DocumentPath key = DocumentPath.of(table.keySchema().partitionKey().name());
        return ScanRequest.of(table.name())
                .limit(NodeRequest.MAX_PAGE_ITEMS)
                .filter(new Condition.AttributeNotExists(key));
    }

    private static Duration clamped(Duration age) {
        if (age.compareTo(LEAST_AGE) < 0) {
            return LEAST_AGE;
        }
        return age.compareTo(GREATEST_AGE) > 0 ? GREATEST_AGE : age;
    }

    /** One walk. Each page is asked for when the one before has come. */
    private final class Count {
        private final TableDescription table;
        private final Instant start;
        private long items;
        private long bytes;

        Count(TableDescription table, Instant start) {
            this.table = table;
            this.start = start;
        }

        void next(ScanRequest request) {
            try {
                var unused = client.scanAsync(request).whenComplete((page, failure) -> counted(request, page, failure));
            } catch (RuntimeException refused) {
                counted(request, null, refused);
            }
        }

        private void counted(ScanRequest request, @Nullable ItemPage page, @Nullable Throwable failure) {
            if (page == null) {
                counting.set(false);
                LOGGER.atDebug()
                        .addKeyValue("table", table.name())
                        .log("The items of a table could not be counted: {}", String.valueOf(failure));
                return;
            }
            items += page.scannedCount();
            bytes += page.scannedBytes();
            if (page.lastEvaluated().isPresent()) {
                next(request.after(page.lastEvaluated().get()));
                return;
            }
            Instant end = clock.instant();
            Duration age = clamped(Duration.between(start, end).multipliedBy(IDLE_FACTOR));
            known.put(table.id(), new Counted(new TableSize(items, bytes), end.plus(age)));
            counting.set(false);
        }
    }
}
