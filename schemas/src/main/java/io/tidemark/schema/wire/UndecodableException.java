package io.tidemark.schema.wire;

/** Bytes that are no valid encoding. In the log it becomes a rejected outcome; elsewhere it means damaged data or a bug. */
public final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1L;

    public UndecodableException(String message) {
        super(message);
    }

    public UndecodableException(String message, Throwable cause) {
        super(message, cause);
    }
}
