package io.tidemark.schema.command;

import io.tidemark.schema.value.Item;
import java.util.Optional;

/** What applying a record gave; the same on every replica. */
public sealed interface Outcome {

    /**
     * The item command took effect.
     *
     * @param attributes what {@link ReturnValues} asked for; absent where it asked for nothing or nothing is there
     * @param oldSizeBytes size of the item before, 0 where there was none
     * @param newSizeBytes size of the item after, 0 where there is none
     */
    record Applied(Optional<Item> attributes, int oldSizeBytes, int newSizeBytes) implements Outcome {}

    /** The condition was false; nothing changed. {@code oldItem} only where asked for and present. */
    record ConditionFailed(Optional<Item> oldItem, int oldSizeBytes) implements Outcome {}

    /** The command is not admissible; nothing changed. Fix the request. */
    record Invalid(InvalidReason reason, String detail) implements Outcome {}

    /** The record is not for this shard's state; nothing changed. It stays in the log, is counted and can be listed. */
    record Rejected(RejectReason reason, String detail) implements Outcome {}

    /** A source record that had been applied before; nothing changed. */
    record AlreadyApplied() implements Outcome {}

    /** A control-plane command took effect, or had done so before. */
    record Acknowledged() implements Outcome {}

    /** @param more whether the closed table has items left on this shard */
    record Purged(int items, boolean more) implements Outcome {}

    /** A barrier was reached. */
    record BarrierReached() implements Outcome {}
}
