package io.tidemark.schema.key;

/** A key that the table's schema or DynamoDB's limits do not admit: missing, wrong type, empty, too long. Fix the request. */
public final class InvalidKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidKeyException(String message) {
        super(message);
    }
}
