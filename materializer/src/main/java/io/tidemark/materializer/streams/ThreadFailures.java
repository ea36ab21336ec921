package io.tidemark.materializer.streams;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a stream thread that died, and gives up when that does not help. What concerns one replica alone never comes here:
 * the replica fails and the thread goes on. What does come is Kafka's (an unreachable coordinator, a lost authorization) or a
 * bug. Thread-safe.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {
    static final int MAX_REPLACEMENTS = 10;
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);

    private final InstantSource clock;
    private final Deque<Instant> replacements = new ArrayDeque<>();
    private final CompletableFuture<Throwable> fault = new CompletableFuture<>();

    ThreadFailures(InstantSource clock) {
        this.clock = clock;
    }

    CompletionStage<Throwable> fault() {
        return fault.minimalCompletionStage();
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable exception) {
        Instant now = clock.instant();
        replacements.removeIf(earlier -> earlier.isBefore(now.minus(WINDOW)));
        if (exception instanceof Error || hasError(exception) || replacements.size() >= MAX_REPLACEMENTS) {
            LOG.atError()
                    .addKeyValue("replacements", replacements.size())
                    .setCause(exception)
                    .log("stream threads keep dying; this node stops serving, restart it");
            fault.complete(exception);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        replacements.add(now);
        LOG.atWarn().setCause(exception).log("a stream thread died and is replaced");
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** After an error like too little memory nothing is sure any more. */
    private static boolean hasError(Throwable exception) {
        return exception.getCause() instanceof Error;
    }
}
