package io.tidemark.schema.command;

import io.tidemark.schema.value.Item;
import io.tidemark.schema.value.Utf8;
import java.util.Optional;

/** What applying a record gave; the same on every replica. */
public sealed interface Outcome {
    /** A detail is kept in every replica, and may name attributes of up to 64 KB. */
    int MAX_DETAIL_CHARS = 512;

    /**
     * The item command took effect.
     *
     * @param attributes what {@link ReturnValues} asked for; absent where it asked for nothing or nothing is there
     * @param oldSizeBytes size of the item before, 0 where there was none
     * @param newSizeBytes size of the item after, 0 where there is none
     */
    record Applied(Optional<Item> attributes, int oldSizeBytes, int newSizeBytes) implements Outcome {
        public Applied {
            requireCount("old size", oldSizeBytes);
            requireCount("new size", newSizeBytes);
        }
    }

    /** The condition was false; nothing changed. {@code oldItem} only where asked for and present. */
    record ConditionFailed(Optional<Item> oldItem, int oldSizeBytes) implements Outcome {
        public ConditionFailed {
            requireCount("old size", oldSizeBytes);
        }
    }

    /** The command is not admissible; nothing changed. Fix the request. */
    record Invalid(InvalidReason reason, String detail) implements Outcome {
        /** Shortens the detail to {@value Outcome#MAX_DETAIL_CHARS} characters. */
        public Invalid {
            detail = bounded(detail);
        }
    }

    /** The record is not for this shard's state; nothing changed. It stays in the log, is counted and can be listed. */
    record Rejected(RejectReason reason, String detail) implements Outcome {
        /** Shortens the detail to {@value Outcome#MAX_DETAIL_CHARS} characters. */
        public Rejected {
            detail = bounded(detail);
        }
    }

    /** A source record that had been applied before; nothing changed. */
    record AlreadyApplied() implements Outcome {}

    /** A control-plane command took effect, or had done so before. */
    record Acknowledged() implements Outcome {}

    /** @param more whether the closed table may have items left on this shard: purge again */
    record Purged(int items, boolean more) implements Outcome {
        public Purged {
            requireCount("purged items", items);
        }
    }

    /** A barrier was reached. */
    record BarrierReached() implements Outcome {}

    private static void requireCount(String what, int count) {
        if (count < 0) {
            throw new IllegalArgumentException(what + " must not be negative: " + count);
        }
    }

    private static String bounded(String detail) {
        String shortened = detail;
        if (detail.length() > MAX_DETAIL_CHARS) {
            int end = MAX_DETAIL_CHARS - 1;
            shortened = detail.substring(0, Character.isHighSurrogate(detail.charAt(end - 1)) ? end - 1 : end) + "…";
        }
        return Utf8.isWellFormed(shortened) ? shortened : shortened.replaceAll("\\p{Cs}", "?");
    }
}
