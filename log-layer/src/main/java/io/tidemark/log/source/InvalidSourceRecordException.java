package io.tidemark.log.source;

/** A source record that cannot become a command, however often it is tried. The message says why, for who wrote the record. */
final class InvalidSourceRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidSourceRecordException(String message) {
        super(message);
    }

    InvalidSourceRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
