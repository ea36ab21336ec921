package io.tidemark.launcher.item;

/** What was given on the command line, or in a file, is not what it must be. The message says what it must be. */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidInputException(String message) {
        super(message);
    }

    public InvalidInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
