package io.tidemark.simulation.load;

/** What a writer was told at last. */
enum Answer {
    ACKNOWLEDGED,
    /** The condition did not hold. */
    REFUSED,
    /** Not served, and certain never to take effect. */
    WITHOUT_EFFECT,
    /** Not served as far as the writer knows. */
    UNKNOWN
}
