package io.tidemark.verifier.report;

/** Who is wrong where two differ. */
public enum Suspect {
    /** The replica: the reference and most zones agree against it, or its own checksums do. */
    REPLICA,
    /** The archive or the reference built from it: all zones that answered agree against it. */
    REFERENCE,
    /** Objects of the archive are damaged or missing: their hashes say so. */
    ARCHIVE,
    /** There is no majority. */
    UNDECIDED
}
