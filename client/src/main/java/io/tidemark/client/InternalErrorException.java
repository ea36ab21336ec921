package io.tidemark.client;

/** A bug, here or in a node. Report it. */
public final class InternalErrorException extends TidemarkException {
    private static final long serialVersionUID = 1L;

    InternalErrorException(String message) {
        super(message);
    }

    InternalErrorException(String message, Throwable cause) {
        super(message, cause);
    }
}
