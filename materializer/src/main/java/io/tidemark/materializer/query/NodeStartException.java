package io.tidemark.materializer.query;

import org.jspecify.annotations.Nullable;

/** The node cannot listen where it should. The message says where, and what to do. */
public final class NodeStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NodeStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
