package io.tidemark.catalog;

/** How a strongly consistent read of the catalog learns up to where it must have read. */
public enum ReadBarrier {
    /** Asks for the end of the log. Safe except against an old Kafka leader that is cut off and does not know it yet. */
    END_OFFSET,
    /** Appends a record and waits until it is applied: linearizable, at the price of a record in the log for each read. */
    APPEND
}
