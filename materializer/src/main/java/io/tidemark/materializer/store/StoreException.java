package io.tidemark.materializer.store;

/** A store did not do what it was asked. The subclass says what the caller must do. */
public abstract sealed class StoreException extends RuntimeException
        permits DamagedStoreException,
                LogGapException,
                StoreClosedException,
                StoreInUseException,
                StoreUnavailableException {
    private static final long serialVersionUID = 1L;

    StoreException(String message) {
        super(message);
    }

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
