package io.tidemark.simulation.linearizability;

import java.util.Optional;

/** What a client asks of one item, which holds a whole number or is not there. */
public sealed interface Input {
    /** Read it, strongly. */
    record Get() implements Input {}

    /** Write a number in its place. */
    record Put(long value) implements Input {}

    /** Write a number in its place if it is as expected; empty expects that it is not there. */
    record CompareAndSet(Optional<Long> expected, long value) implements Input {}

    /** Add to it; to 0 if it is not there. */
    record Add(long amount) implements Input {}

    record Delete() implements Input {}
}
