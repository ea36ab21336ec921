package io.tidemark.launcher.bench;

import org.jspecify.annotations.Nullable;

/** A figure could not be measured. The message says which and why. */
public final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BenchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
