package io.tidemark.schema.node;

/** A request that a storage node did not serve. {@link #kind} says what the caller must do. */
public final class NodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What the caller must do. */
    public enum Kind {
        /** This node has no serving replica of the shard; nothing was appended. Ask another node or zone. */
        NOT_SERVING,
        /** The deadline passed or the connection broke; a write may or may not be in the log. Repeat with the same request id. */
        TIMEOUT,
        /** The node's bounded queue is full; nothing was appended. Wait, then retry. */
        OVERLOADED,
        /** The request itself is wrong. Fix it. */
        INVALID_REQUEST,
        /** The shard has no such open table. Refresh the route. */
        UNKNOWN_TABLE,
        /** The shard does not own the key or range. Refresh the route. */
        WRONG_RANGE,
        /** The replica's data at rest is damaged. Ask another zone; the replica must be rebuilt. */
        CORRUPT,
        /** The digest asked for is not held any more. Append a new barrier. */
        EXPIRED,
        /** A bug. Report it. */
        INTERNAL
    }

    private final Kind kind;

    public NodeException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public NodeException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
