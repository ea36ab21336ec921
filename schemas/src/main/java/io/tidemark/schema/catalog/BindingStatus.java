package io.tidemark.schema.catalog;

import java.util.Optional;

/**
 * A binding and how its ingestion goes in the process that was asked. Counts are since that process started it.
 *
 * @param lagRecords records in the topic that have not been appended yet; empty while that is not known
 * @param deadLetters records that could not become a command
 * @param lastError what went wrong most recently; empty if nothing has
 */
public record BindingStatus(
        BindingDescription binding,
        State state,
        Optional<Long> lagRecords,
        long appendedRecords,
        long deadLetters,
        int restarts,
        Optional<String> lastError) {

    /** Whether records are being ingested. */
    public enum State {
        /** Its table is not active yet, or this process has just begun. */
        WAITING,
        RUNNING,
        /** It failed and is started again after a pause. */
        BACKING_OFF,
        /**
         * It cannot go on before somebody changes something; the last error says what. It is tried again now and then, so that
         * nobody need start it.
         */
        FAILED
    }
}
