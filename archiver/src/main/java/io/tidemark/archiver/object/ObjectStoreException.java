package io.tidemark.archiver.object;

/** An object-store operation that did not succeed. {@link #kind} says what the caller must do. */
public final class ObjectStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What the caller must do. */
    public enum Kind {
        /** Not reachable, throttled or failing: wait and retry. */
        UNAVAILABLE,
        /** The bucket does not exist. Create it or fix the setting. */
        NO_BUCKET,
        /** Credentials are wrong or do not admit the operation. */
        UNAUTHORIZED,
        /** The store refuses the request for another reason: a bug, or a store that is not compatible. */
        REFUSED
    }

    private final Kind kind;

    public ObjectStoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public ObjectStoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
