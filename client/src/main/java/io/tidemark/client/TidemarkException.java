package io.tidemark.client;

/** An operation that did not give what was asked for. The subclass says what the caller must do. */
public abstract sealed class TidemarkException extends RuntimeException
        permits ConditionFailedException,
                InternalErrorException,
                InvalidRequestException,
                UnavailableException,
                UnknownTableException {
    private static final long serialVersionUID = 1L;

    TidemarkException(String message) {
        super(message);
    }

    TidemarkException(String message, Throwable cause) {
        super(message, cause);
    }
}
