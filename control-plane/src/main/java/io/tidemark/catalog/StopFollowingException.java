package io.tidemark.catalog;

/** A record that cannot be passed over: the log is not followed any further. The message says what to do. */
final class StopFollowingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StopFollowingException(String message) {
        super(message);
    }
}
