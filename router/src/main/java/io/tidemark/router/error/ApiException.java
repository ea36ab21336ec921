package io.tidemark.router.error;

import io.tidemark.schema.value.Item;
import java.util.Optional;

/** A request that is answered with an error. It has no stack trace: it speaks of the request, not of this code. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorType type;
    private final transient Optional<Item> item;

    public ApiException(ErrorType type, String message) {
        this(type, message, Optional.empty());
    }

    /** @param item what a condition was evaluated against, where the request asked for it */
    public ApiException(ErrorType type, String message, Optional<Item> item) {
        super(message, null, false, false);
        this.type = type;
        this.item = item;
    }

    public static ApiException validation(String message) {
        return new ApiException(ErrorType.VALIDATION, message);
    }

    public ErrorType type() {
        return type;
    }

    public Optional<Item> item() {
        return item;
    }

    /** What the answer's message says. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
