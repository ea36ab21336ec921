package io.tidemark.launcher.demo;

import io.tidemark.client.InFlightWindow;
import io.tidemark.client.TidemarkClient;
import io.tidemark.client.WriteRequest;
import io.tidemark.launcher.output.ProgressBar;
import io.tidemark.schema.RequestId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes edits to both tables, many at a time. Updates of one page follow each other, so that its last editor is the last one of
 * the source; all else runs side by side. Request ids are made from the line number, so that a write is repeated safely.
 */
final class EditLoader {
    private static final int MAX_IN_FLIGHT = 256;
    private static final Duration STALL_LIMIT = Duration.ofSeconds(60);
    private static final int WRITES_PER_EDIT = 2;

    private final TidemarkClient client;
    private final long run;
    private final InFlightWindow window =
            new InFlightWindow(MAX_IN_FLIGHT, InFlightWindow.DEFAULT_LATE, System::nanoTime);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Map<String, CompletionStage<Boolean>> lastOfPage = new HashMap<>();

    /** @param run tells this load's request ids from those of others */
    EditLoader(TidemarkClient client, long run) {
        this.client = client;
        this.run = run;
    }

    /**
     * Returns when every write has been acknowledged.
     *
     * @throws IllegalStateException if a write failed, or nothing was acknowledged for a minute
     */
    Latencies load(List<Edit> edits, ProgressBar progress) throws InterruptedException {
        Latencies latencies = new Latencies(edits.size() * WRITES_PER_EDIT);
        for (Edit edit : edits) {
            acquire();
            CompletionStage<Boolean> previous =
                    lastOfPage.getOrDefault(edit.page(), CompletableFuture.completedFuture(true));
            WriteRequest count = DemoTables.countEdit(edit).as(requestId(edit, 0));
            lastOfPage.put(edit.page(), previous.thenCompose(done -> write(count, latencies, progress)));
            acquire();
            write(DemoTables.putEdit(edit).as(requestId(edit, 1)), latencies, progress);
        }
        check(window.awaitEmpty(STALL_LIMIT));
        return latencies;
    }

    private RequestId requestId(Edit edit, int write) {
        return new RequestId(run, (long) edit.line() * WRITES_PER_EDIT + write);
    }

    /** Completes, never exceptionally, with whether the write was acknowledged. */
    private CompletionStage<Boolean> write(WriteRequest request, Latencies latencies, ProgressBar progress) {
        long startNanos = System.nanoTime();
        return client.writeAsync(request).handle((result, error) -> {
            long tookNanos = System.nanoTime() - startNanos;
            latencies.add(tookNanos);
            if (error != null) {
                failure.compareAndSet(null, error);
            } else {
                progress.add(1);
            }
            window.leave(tookNanos);
            return error == null;
        });
    }

    private void acquire() throws InterruptedException {
        check(window.enter(STALL_LIMIT));
    }

    private void check(boolean inTime) {
        Throwable failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("a write failed: " + failed.getMessage(), failed);
        }
        if (!inTime) {
            throw new IllegalStateException("no write was acknowledged for " + STALL_LIMIT.toSeconds() + " s");
        }
    }
}
