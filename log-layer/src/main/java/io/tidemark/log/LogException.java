package io.tidemark.log;

/** A log operation that did not succeed. {@link #kind} says what the caller must do. */
public final class LogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What the caller must do. */
    public enum Kind {
        /** Brokers did not answer in time; an append may or may not be in the log. Repeat with the same request id. */
        UNAVAILABLE,
        /** The local buffer is full; nothing was appended. Wait, then retry. */
        OVERLOADED,
        /** The record is larger than the log admits; nothing was appended. Fix the request. */
        TOO_LARGE,
        /** The position asked for is no longer in the log. Start from an archive or a snapshot. */
        TRIMMED,
        /**
         * The position asked for is after the log's end, or the log differs from what was read of it. Either the position came
         * from another log or the log lost records: stop, and compare it with the archive before anything is appended.
         */
        BEYOND_END,
        /** The topic is missing or its settings are unsafe. Fix the cluster; the message names the setting. */
        MISCONFIGURED,
        /** Credentials or ACLs do not admit the operation. Fix them, then start again. */
        UNAUTHORIZED,
        /** The log has been closed; an append under way may or may not be in it. */
        CLOSED
    }

    private final Kind kind;

    public LogException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public LogException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
