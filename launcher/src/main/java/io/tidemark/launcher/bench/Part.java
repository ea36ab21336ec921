package io.tidemark.launcher.bench;

/** What can be measured on its own. */
public enum Part {
    WRITES,
    READS,
    /** Writes and reads through the client over HTTP, too; on its own, nothing. */
    HTTP,
    REPLAY,
    SCAN,
    RESTART,
    /** The DynamoDB-compatible API beside DynamoDB Local, and beside the Java client. */
    API,
    /** All callers at the API for minutes; only where it is asked for. */
    SATURATION
}
