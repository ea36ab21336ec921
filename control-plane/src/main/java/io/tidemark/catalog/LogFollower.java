package io.tidemark.catalog;

import io.tidemark.log.Log;
import io.tidemark.log.LogException;
import io.tidemark.log.LogReader;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.WalRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that reads one shard from its first record on and hands every batch over, in order. It waits in the log for what
 * comes; where the log fails it opens a new reader after a pause, at the record after the last one handed over.
 */
final class LogFollower implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(LogFollower.class);
    /** Records end the wait; so does a wake-up. */
    private static final Duration POLL_LIMIT = Duration.ofSeconds(30);

    /** Failures in a row. */
    private static final int MAX_BEYOND_END = 12;

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final Log log;
    private final ShardId shard;
    private final Backoff backoff;
    private final Consumer<List<WalRecord>> batches;
    private final Consumer<String> onFault;
    private final CompletableFuture<String> fault = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable LogReader reader;
    private Lsn position = Lsn.FIRST;
    private int failures;

    /**
     * @param batches may throw a {@link StopFollowingException}; anything else that it throws is a bug and stops the thread too
     * @param onFault is told once why the log is not followed any more
     */
    LogFollower(Log log, ShardId shard, Backoff backoff, Consumer<List<WalRecord>> batches, Consumer<String> onFault) {
        this.log = log;
        this.shard = shard;
        this.backoff = backoff;
        this.batches = batches;
        this.onFault = onFault;
        this.thread = Thread.ofPlatform().name("tidemark-catalog").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    Optional<String> fault() {
        return Optional.ofNullable(fault.getNow(null));
    }

    CompletionStage<String> faulted() {
        return fault.minimalCompletionStage();
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void run() {
        while (!isClosing() && !fault.isDone()) {
            try (LogReader opened = log.read(shard, position)) {
                reader = opened;
                follow(opened);
            } catch (LogException failure) {
                onFailure(failure);
            } catch (StopFollowingException stop) {
                stop(String.valueOf(stop.getMessage()), stop);
            } catch (RuntimeException | Error bug) {
                stop("the catalog failed at record " + position + " of its log: " + bug, bug);
            } finally {
                reader = null;
            }
        }
    }

    private void follow(LogReader opened) {
        while (!isClosing()) {
            List<WalRecord> records = opened.poll(POLL_LIMIT);
            failures = 0;
            if (!records.isEmpty()) {
                batches.accept(records);
                position = records.getLast().lsn().next();
            }
        }
    }

    private void onFailure(LogException failure) {
        if (isClosing()) {
            return;
        }
        switch (failure.kind()) {
            case TRIMMED, CLOSED, TOO_LARGE ->
                stop("the catalog's log cannot be read on: " + failure.getMessage(), failure);
            case BEYOND_END -> {
                // A new leader learns within moments up to where records are durable; a log that has lost some never
                // does.
                if (failures < MAX_BEYOND_END) {
                    pause(failure);
                } else {
                    stop("the catalog's log has lost records: " + failure.getMessage(), failure);
                }
            }
            case UNAVAILABLE, OVERLOADED, MISCONFIGURED, UNAUTHORIZED -> pause(failure);
        }
    }

    private void pause(LogException failure) {
        failures++;
        Duration pause = backoff.after(failures);
        LOGGER.atWarn()
                .addKeyValue("position", position)
                .addKeyValue("kind", failure.kind())
                .addKeyValue("failures", failures)
                .addKeyValue("pause", pause)
                .log("Reading the catalog's log failed; trying again: {}", failure.getMessage());
        sleep(pause);
    }

    private void stop(String reason, Throwable cause) {
        LOGGER.atError()
                .setCause(cause)
                .addKeyValue("position", position)
                .log("Stopped following the catalog's log: {}", reason);
        fault.complete(reason);
        onFault.accept(reason);
    }

    private void sleep(Duration pause) {
        try {
            boolean ignored = closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            closing.countDown();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        LogReader waiting = reader;
        if (waiting != null) {
            waiting.wakeup();
        }
        try {
            if (!thread.join(CLOSE_LIMIT)) {
                LOGGER.atWarn().log("The thread that follows the catalog's log has not ended in time");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
