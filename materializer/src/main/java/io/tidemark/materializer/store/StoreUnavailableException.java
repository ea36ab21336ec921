package io.tidemark.materializer.store;

/** The disk is full or failing. Nothing is lost, the log has it: make room or replace the disk, then start again. */
public final class StoreUnavailableException extends StoreException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message) {
        super(message);
    }

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
