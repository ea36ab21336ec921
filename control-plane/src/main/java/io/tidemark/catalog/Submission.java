package io.tidemark.catalog;

import io.tidemark.log.Log;
import io.tidemark.log.LogException;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.catalog.CatalogEnvelope;
import io.tidemark.schema.catalog.CatalogException;
import io.tidemark.schema.catalog.CatalogException.Kind;
import io.tidemark.schema.catalog.CatalogOutcome;
import io.tidemark.schema.wire.CatalogCodec;
import io.tidemark.schema.wire.WalPayload;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One command on its way into the log: appended, and appended again with the same request id as long as nobody knows whether it
 * is there. Its outcome comes from whoever applies it.
 */
final class Submission {
    private final CatalogEnvelope envelope;
    private final WalPayload payload;
    private final Log log;
    private final ShardId shard;
    private final Backoff backoff;
    private final CompletableFuture<CatalogOutcome> outcome = new CompletableFuture<>();

    Submission(CatalogEnvelope envelope, Log log, ShardId shard, Backoff backoff) {
        this.envelope = envelope;
        this.payload = CatalogCodec.encode(envelope);
        this.log = log;
        this.shard = shard;
        this.backoff = backoff;
    }

    CatalogEnvelope envelope() {
        return envelope;
    }

    CompletableFuture<CatalogOutcome> outcome() {
        return outcome;
    }

    void start() {
        attempt(0);
    }

    private void attempt(int failures) {
        if (outcome.isDone()) {
            return;
        }
        try {
            log.append(shard, payload).whenComplete((lsn, failure) -> onAppended(failure, failures));
        } catch (RuntimeException bug) {
            onAppended(bug, failures);
        }
    }

    private void onAppended(@Nullable Throwable thrown, int failures) {
        if (thrown == null) {
            return;
        }
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (!(failure instanceof LogException logFailure)) {
            outcome.completeExceptionally(
                    new CatalogException(Kind.INTERNAL, "the catalog's log failed: " + failure, failure));
            return;
        }
        switch (logFailure.kind()) {
            case UNAVAILABLE, OVERLOADED -> {
                Executor later = CompletableFuture.delayedExecutor(
                        backoff.after(failures + 1).toNanos(), TimeUnit.NANOSECONDS);
                later.execute(() -> attempt(failures + 1));
            }
            case TOO_LARGE -> fail(Kind.INVALID_REQUEST, logFailure);
            case TRIMMED, BEYOND_END, MISCONFIGURED, UNAUTHORIZED, CLOSED -> fail(Kind.UNAVAILABLE, logFailure);
        }
    }

    private void fail(Kind kind, LogException failure) {
        outcome.completeExceptionally(new CatalogException(kind, String.valueOf(failure.getMessage()), failure));
    }
}
