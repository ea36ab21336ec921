package io.tidemark.router.operation;

import java.util.concurrent.CompletionStage;

/** One operation of the API. Thread-safe; never blocks the caller. */
@FunctionalInterface
public interface Operation {
    /**
     * Throws, or fails with, an {@link io.tidemark.router.error.ApiException} for what the client is told; anything else that it
     * fails with is answered as an internal error.
     */
    CompletionStage<Answer> call(Call call);
}
