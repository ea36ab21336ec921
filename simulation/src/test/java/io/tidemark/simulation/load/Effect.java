package io.tidemark.simulation.load;

/** What a write does to one item, in a way that shows afterwards whether it was done, and how often. */
sealed interface Effect {
    /** Key of the item. */
    String key();

    /** Adds one to the count, and its own mark to a set of marks: done twice, the count is greater than the set. */
    record Increment(String key) implements Effect {}

    /** Puts an item that nobody else writes. */
    record Put(String key) implements Effect {}

    /** Puts an item that several want, if it is not there: one of them gets it. */
    record Claim(String key) implements Effect {}
}
