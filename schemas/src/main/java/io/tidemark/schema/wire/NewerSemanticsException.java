package io.tidemark.schema.wire;

import io.tidemark.schema.Semantics;

/**
 * A record was written for newer semantics than this build knows. Stop the replica and install a newer build: to go on would
 * compute something else than the others.
 */
public final class NewerSemanticsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int version;

    public NewerSemanticsException(int version) {
        super("the record needs semantics version " + version + ", this build knows up to " + Semantics.CURRENT_VERSION
                + ": install a newer build");
        this.version = version;
    }

    /** What the record needs. */
    public int version() {
        return version;
    }
}
