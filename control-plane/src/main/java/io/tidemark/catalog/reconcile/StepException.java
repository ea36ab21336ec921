package io.tidemark.catalog.reconcile;

/** One try to bring a table further failed; it is tried again. */
final class StepException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StepException(String message) {
        super(message);
    }

    StepException(String message, Throwable cause) {
        super(message, cause);
    }
}
