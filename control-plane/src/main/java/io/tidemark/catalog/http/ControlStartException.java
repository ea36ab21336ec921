package io.tidemark.catalog.http;

import org.jspecify.annotations.Nullable;

/** The control role cannot listen. The message says what to change. */
public final class ControlStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ControlStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
