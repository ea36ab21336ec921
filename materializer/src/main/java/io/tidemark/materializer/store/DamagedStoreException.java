package io.tidemark.materializer.store;

/** What is at rest is not what was written. Ask another zone; this replica must be quarantined and rebuilt. */
public final class DamagedStoreException extends StoreException {
    private static final long serialVersionUID = 1L;

    public DamagedStoreException(String message) {
        super(message);
    }

    public DamagedStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
