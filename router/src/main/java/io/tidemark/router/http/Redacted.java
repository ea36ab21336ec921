package io.tidemark.router.http;

import org.jspecify.annotations.Nullable;

/** A failure without its message, which might hold contents of items: for the log. */
final class Redacted extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int MAX_CAUSES = 8;

    private Redacted(Throwable failure, int causes) {
        super(failure.getClass().getName(), cause(failure, causes), false, true);
        setStackTrace(failure.getStackTrace());
    }

    static Redacted of(Throwable failure) {
        return new Redacted(failure, 0);
    }

    private static @Nullable Throwable cause(Throwable failure, int causes) {
        Throwable cause = failure.getCause();
        return cause == null || causes == MAX_CAUSES ? null : new Redacted(cause, causes + 1);
    }
}
