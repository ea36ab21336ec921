package io.tidemark.launcher.command;

import io.tidemark.client.InFlightWindow;
import io.tidemark.client.InvalidRequestException;
import io.tidemark.client.PutRequest;
import io.tidemark.client.TidemarkClient;
import io.tidemark.launcher.item.InvalidInputException;
import io.tidemark.launcher.item.ItemJson;
import io.tidemark.launcher.item.ItemLines;
import io.tidemark.launcher.item.ItemLines.Line;
import io.tidemark.schema.RequestId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** Puts one item for each line, a bounded number of them at a time. Lines that are no item are kept and left out. */
final class ItemLoader {
    /** Line errors that are kept; more are counted. */
    static final int MAX_KEPT_ERRORS = 100;

    record LineError(long line, String message) {}

    /**
     * @param interruptedBy why loading was broken off; empty if all lines were read
     * @param firstUnwritten the first line that is not known to be written, if loading was broken off
     */
    record Result(
            long written,
            long failed,
            List<LineError> errors,
            Optional<Throwable> interruptedBy,
            long firstUnwritten) {}

    private static final Duration STALL_LIMIT = Duration.ofMinutes(1);

    private final TidemarkClient client;
    private final String table;
    private final InFlightWindow window;
    private final Function<Line, RequestId> requestIds;
    private final LongConsumer progress;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final List<LineError> errors = new ArrayList<>();
    private final TreeSet<Long> open = new TreeSet<>();
    private Optional<Throwable> interruptedBy = Optional.empty();

    /** @param progress is told how many lines more are done */
    ItemLoader(
            TidemarkClient client,
            String table,
            int maxInFlight,
            Function<Line, RequestId> requestIds,
            LongConsumer progress) {
        this.client = client;
        this.table = table;
        this.window = new InFlightWindow(maxInFlight, InFlightWindow.DEFAULT_LATE, System::nanoTime);
        this.requestIds = requestIds;
        this.progress = progress;
    }

    /** @param firstLine lines before it are passed over */
    Result load(ItemLines lines, long firstLine) throws IOException, InterruptedException {
        Optional<Line> line = lines.next();
        while (line.isPresent() && interruption().isEmpty()) {
            if (line.get().number() >= firstLine && !line.get().text().isEmpty()) {
                begin(line.get());
            } else {
                progress.accept(1);
            }
            line = lines.next();
        }
        awaitRoom(window.awaitEmpty(STALL_LIMIT));
        synchronized (this) {
            return new Result(
                    written.get(),
                    failed.get(),
                    List.copyOf(errors),
                    interruptedBy,
                    open.isEmpty() ? line.map(Line::number).orElse(0L) : open.first());
        }
    }

    private void begin(Line line) throws InterruptedException {
        PutRequest request;
        try {
            request = PutRequest.of(table, ItemJson.parse(line.text())).as(requestIds.apply(line));
        } catch (InvalidInputException e) {
            fail(line, e);
            return;
        }
        awaitRoom(window.enter(STALL_LIMIT));
        synchronized (this) {
            open.add(line.number());
        }
        long startNanos = System.nanoTime();
        var unused = client.putAsync(request).whenComplete((result, failure) -> {
            done(line, Optional.ofNullable(failure));
            window.leave(System.nanoTime() - startNanos);
        });
    }

    private void done(Line line, Optional<Throwable> failure) {
        Optional<Throwable> cause = failure.map(thrown ->
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown);
        if (cause.isPresent() && !(cause.get() instanceof InvalidRequestException)) {
            // The line stays open: loading goes on with it another time.
            synchronized (this) {
                interruptedBy = interruptedBy.or(() -> cause);
            }
            return;
        }
        synchronized (this) {
            open.remove(line.number());
        }
        if (cause.isPresent()) {
            fail(line, cause.get());
        } else {
            written.incrementAndGet();
            progress.accept(1);
        }
    }

    private void fail(Line line, Throwable cause) {
        failed.incrementAndGet();
        progress.accept(1);
        synchronized (this) {
            if (errors.size() < MAX_KEPT_ERRORS) {
                errors.add(new LineError(line.number(), String.valueOf(cause.getMessage())));
            }
        }
    }

    /** Every write ends by its own deadline, so there is room long before. */
    private static void awaitRoom(boolean inTime) {
        if (!inTime) {
            throw new IllegalStateException("no write has ended for " + STALL_LIMIT.toSeconds() + " s");
        }
    }

    private synchronized Optional<Throwable> interruption() {
        return interruptedBy;
    }
}
