package io.tidemark.simulation.linearizability;

import java.util.Optional;

/** What a client was answered. */
public sealed interface Output {
    /**
     * It was done.
     *
     * @param value after an addition what it came to; else what was there before
     */
    record Done(Optional<Long> value) implements Output {}

    /** The condition did not hold; nothing was changed. */
    record Refused(Optional<Long> actual) implements Output {}

    /** No answer came, or one that does not tell: it may have been done, may be done later, or never. */
    record Unknown() implements Output {}
}
