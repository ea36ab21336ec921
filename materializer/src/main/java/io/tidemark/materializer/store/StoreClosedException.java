package io.tidemark.materializer.store;

/** The replica is being closed or moved to another node. Ask again, or ask another zone. */
public final class StoreClosedException extends StoreException {
    private static final long serialVersionUID = 1L;

    public StoreClosedException(String message) {
        super(message);
    }

    public StoreClosedException(String message, Throwable cause) {
        super(message, cause);
    }
}
