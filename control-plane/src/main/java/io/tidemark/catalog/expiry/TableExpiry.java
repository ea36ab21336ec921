package io.tidemark.catalog.expiry;

import io.tidemark.client.ConditionFailedException;
import io.tidemark.client.DeleteRequest;
import io.tidemark.client.ItemPage;
import io.tidemark.client.ScanRequest;
import io.tidemark.client.TidemarkClient;
import io.tidemark.client.TidemarkException;
import io.tidemark.client.WriteResult;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.Item;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Searches one segment of a table page by page, and deletes what has expired. The search reads any replica, which may lag; the
 * deletion is a record in the log that is conditional on the attribute still being what the search saw. So an item whose time
 * was put off meanwhile stays, and of several processes that delete the same item one does it. Not thread-safe.
 */
final class TableExpiry {
    /** What became of one page. */
    record Page(int scanned, int deleted) {}

    private final TidemarkClient client;
    private final ExpiryConfig config;
    private final InstantSource clock;
    private final ExpiringTable table;
    private final int segment;
    private Optional<PrimaryKey> lastEvaluated = Optional.empty();
    private boolean done;

    TableExpiry(TidemarkClient client, ExpiryConfig config, InstantSource clock, ExpiringTable table, int segment) {
        this.client = client;
        this.config = config;
        this.clock = clock;
        this.table = table;
        this.segment = segment;
    }

    boolean isDone() {
        return done;
    }

    /**
     * Looks at the next page. Blocks until what has expired in it is deleted.
     *
     * @throws TidemarkException if the cluster does not serve the table; a later search finds what was left
     */
    Page next() {
        ExpiryRule rule = new ExpiryRule(table.attributeName(), clock.instant());
        ScanRequest request = ScanRequest.of(table.name())
                .segment(segment, table.segments())
                .limit(config.pageItems())
                .filter(rule.expired())
                .project(rule.projection(table.keySchema()));
        ItemPage page = client.scan(lastEvaluated.map(request::after).orElse(request));
        int deleted = 0;
        for (int start = 0; start < page.items().size(); start += config.deletesInFlight()) {
            int end = Math.min(start + config.deletesInFlight(), page.items().size());
            deleted += delete(rule, page.items().subList(start, end));
        }
        lastEvaluated = page.lastEvaluated();
        done = lastEvaluated.isEmpty();
        return new Page(page.scannedCount(), deleted);
    }

    private int delete(ExpiryRule rule, List<Item> items) {
        List<CompletableFuture<WriteResult>> deletions = new ArrayList<>(items.size());
        for (Item item : items) {
            Optional<Condition> unchanged = rule.unchanged(item);
            if (unchanged.isPresent()) {
                PrimaryKey key = KeyEncoding.primaryKeyOf(table.keySchema(), item);
                deletions.add(
                        client.deleteAsync(DeleteRequest.of(table.name(), key).when(unchanged.get())));
            }
        }
        int deleted = 0;
        for (CompletableFuture<WriteResult> deletion : deletions) {
            deleted += isDeleted(deletion) ? 1 : 0;
        }
        return deleted;
    }

    private static boolean isDeleted(CompletableFuture<WriteResult> deletion) {
        try {
            deletion.join();
            return true;
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof ConditionFailedException) {
                return false;
            }
            throw failure.getCause() instanceof TidemarkException known ? known : failure;
        }
    }
}
