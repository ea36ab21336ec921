package io.tidemark.schema.node;

import io.tidemark.schema.Lsn;

/** What a read promises. */
public sealed interface Consistency {
    /** Whatever the replica has applied. */
    record Eventual() implements Consistency {}

    /** At least everything up to and including {@code lsn}: the token that a write returned. */
    record AtLeast(Lsn lsn) implements Consistency {}

    /** Everything that was acknowledged before the read began. */
    record Strong() implements Consistency {}

    Consistency EVENTUAL = new Eventual();
    Consistency STRONG = new Strong();
}
