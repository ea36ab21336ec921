package io.tidemark.archiver.archive;

/**
 * Log and archive do not continue each other: records between them are lost, or they do not belong together. The message
 * names the LSNs and says what to do; repeating does not help.
 */
public final class LogMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LogMismatchException(String message) {
        super(message);
    }
}
