package io.tidemark.catalog.expiry;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.client.TidemarkClient;
import io.tidemark.client.TidemarkException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that searches all tables with a time to live for expired items, again and again, at the pace that it is given. Any
 * number of processes may do so at once.
 */
public final class ExpiryWorker implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ExpiryWorker.class);
    private static final double LEAST_INTERVAL = 0.75;
    private static final double GREATEST_INTERVAL = 1.25;
    /** A request under way ends within the client's own limit. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

    private final TidemarkClient client;
    private final Supplier<List<ExpiringTable>> tables;
    private final ExpiryConfig config;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final ExpiryMetrics metrics;
    private final Pace pace;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /** @param nanoTime monotonic, as {@link System#nanoTime} */
    ExpiryWorker(
            TidemarkClient client,
            Supplier<List<ExpiringTable>> tables,
            ExpiryConfig config,
            InstantSource clock,
            LongSupplier nanoTime,
            RandomGenerator random,
            MeterRegistry registry) {
        this.client = client;
        this.tables = tables;
        this.config = config;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.random = random;
        this.metrics = new ExpiryMetrics(registry);
        this.pace = new Pace(nanoTime);
        this.thread = Thread.ofPlatform().name("tidemark-expiry").daemon().unstarted(this::run);
    }

    /**
     * Begins after the first interval.
     *
     * @param client stays the caller's to close, after the worker
     * @param tables as they are when it is asked; answers without waiting
     * @param clock says what has expired
     * @param random must be thread-safe
     */
    public static ExpiryWorker start(
            TidemarkClient client,
            Supplier<List<ExpiringTable>> tables,
            ExpiryConfig config,
            InstantSource clock,
            RandomGenerator random,
            MeterRegistry registry) {
        ExpiryWorker worker = new ExpiryWorker(client, tables, config, clock, System::nanoTime, random, registry);
        worker.thread.start();
        return worker;
    }

    private void run() {
        while (rest(jittered(config.interval()))) {
            pass();
        }
    }

    /** Searches every table once. */
    void pass() {
        long start = nanoTime.getAsLong();
        for (ExpiringTable table : tables.get()) {
            if (isClosing()) {
                return;
            }
            try {
                search(table);
            } catch (TidemarkException failure) {
                metrics.failed();
                LOGGER.atWarn()
                        .addKeyValue("table", table.name())
                        .log("The search for expired items was given up until later: {}", failure.getMessage());
            } catch (RuntimeException bug) {
                metrics.failed();
                LOGGER.atError()
                        .addKeyValue("table", table.name())
                        .setCause(bug)
                        .log("The search for expired items failed in a way it must not");
            }
        }
        metrics.passed(Duration.ofNanos(nanoTime.getAsLong() - start));
    }

    private void search(ExpiringTable table) {
        for (int segment : segments(table)) {
            TableExpiry expiry = new TableExpiry(client, config, clock, table, segment);
            while (!expiry.isDone()) {
                if (!tables.get().contains(table)) {
                    // Deleted, or its items do not expire any more: what was found must not be deleted.
                    return;
                }
                TableExpiry.Page page = expiry.next();
                metrics.page(page);
                double seconds = Math.max(
                        (double) page.scanned() / config.scannedPerSecond(),
                        (double) page.deleted() / config.deletedPerSecond());
                if (!rest(pace.spend(seconds))) {
                    return;
                }
            }
        }
    }

    /** In another order each time, so that several processes seldom search the same one. */
    private List<Integer> segments(ExpiringTable table) {
        List<Integer> segments = new ArrayList<>();
        for (int segment = 0; segment < table.segments(); segment++) {
            segments.add(segment);
        }
        Collections.rotate(segments, random.nextInt(table.segments()));
        return segments;
    }

    private Duration jittered(Duration interval) {
        return Duration.ofNanos((long) (interval.toNanos() * random.nextDouble(LEAST_INTERVAL, GREATEST_INTERVAL)));
    }

    /** @return whether to go on */
    private boolean rest(Duration duration) {
        try {
            return !closing.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            closing.countDown();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Ends after the request under way. */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (!thread.join(CLOSE_LIMIT)) {
                LOGGER.atWarn().log("The search for expired items has not ended in time");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
