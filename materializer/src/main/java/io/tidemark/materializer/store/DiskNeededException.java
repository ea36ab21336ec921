package io.tidemark.materializer.store;

/** What was asked for is not in memory; ask again on a thread that may wait for the disk. Says nothing of where it was thrown. */
public final class DiskNeededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DiskNeededException(Throwable cause) {
        super("not in memory", cause, false, false);
    }
}
