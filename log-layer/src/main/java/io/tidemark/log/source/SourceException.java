package io.tidemark.log.source;

import io.tidemark.log.LogException;

/** A binding cannot go on for now. Nothing is lost: its next step begins again where the shards are. */
public final class SourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What the caller must do. */
    public enum Kind {
        /** Wait, then step again. */
        RETRY,
        /** Somebody must change something first; the message says what. Stepping again until then fails again. */
        FIX
    }

    private final Kind kind;

    public SourceException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public SourceException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    static SourceException of(String action, RuntimeException failure) {
        return switch (failure) {
            case SourceException already -> already;
            case LogException log -> new SourceException(kindOf(log.kind()), action + ": " + log.getMessage(), log);
            default -> new SourceException(Kind.RETRY, action + ": " + failure, failure);
        };
    }

    private static Kind kindOf(LogException.Kind kind) {
        return switch (kind) {
            case UNAVAILABLE, OVERLOADED, TRIMMED, CLOSED -> Kind.RETRY;
            case TOO_LARGE, BEYOND_END, MISCONFIGURED, UNAUTHORIZED -> Kind.FIX;
        };
    }

    public Kind kind() {
        return kind;
    }
}
