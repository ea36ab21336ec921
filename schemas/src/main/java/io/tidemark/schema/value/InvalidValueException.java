package io.tidemark.schema.value;

/** A value that DynamoDB's type system does not admit (number out of range, empty set …). Fix the request. */
public final class InvalidValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidValueException(String message) {
        super(message);
    }
}
