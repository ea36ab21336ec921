package io.tidemark.materializer.query;

import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The moment from which on nobody waits for an answer any more. */
record Deadline(long atNanos, LongSupplier nanoTime) {
    /** @param nanoTime monotonic, as {@link System#nanoTime} */
    static Deadline in(Duration duration, LongSupplier nanoTime) {
        return new Deadline(nanoTime.getAsLong() + duration.toNanos(), nanoTime);
    }

    /** Zero or negative once it has passed. */
    Duration remaining() {
        return Duration.ofNanos(atNanos - nanoTime.getAsLong());
    }

    boolean hasPassed() {
        return atNanos - nanoTime.getAsLong() <= 0;
    }

    /** @throws NodeException of kind TIMEOUT once it has passed */
    void check() {
        if (hasPassed()) {
            throw passed();
        }
    }

    static NodeException passed() {
        return new NodeException(Kind.TIMEOUT, "the deadline passed");
    }
}
