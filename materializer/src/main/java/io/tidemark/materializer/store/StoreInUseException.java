package io.tidemark.materializer.store;

/** Another process, or another store of this one, has the directory open. Stop it, or use another directory. */
public final class StoreInUseException extends StoreException {
    private static final long serialVersionUID = 1L;

    public StoreInUseException(String message) {
        super(message);
    }

    public StoreInUseException(String message, Throwable cause) {
        super(message, cause);
    }
}
