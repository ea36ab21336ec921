package io.tidemark.router.http;

import org.jspecify.annotations.Nullable;

/** A router cannot listen as configured; the message says what to change. */
public final class RouterStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RouterStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
