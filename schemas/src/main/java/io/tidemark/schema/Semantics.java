package io.tidemark.schema;

/**
 * The version of the rules by which commands are evaluated. A record carries the version that it was written for; a
 * replica that meets a newer one stops, because it would compute something else than its peers.
 */
public final class Semantics {
    /** What this build writes, and the newest that it can apply. */
    public static final int CURRENT_VERSION = 1;

    private Semantics() {}
}
