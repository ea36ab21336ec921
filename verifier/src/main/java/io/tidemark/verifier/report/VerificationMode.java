package io.tidemark.verifier.report;

/** How much is read again. */
public enum VerificationMode {
    /** Every item of every replica and every segment of the archive. */
    DEEP,
    /**
     * The segments written since the last time, and the state hashes that replicas keep up to date. Finds whatever was applied
     * wrongly, but not what changed at rest.
     */
    QUICK
}
