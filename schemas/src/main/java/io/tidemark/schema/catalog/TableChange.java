package io.tidemark.schema.catalog;

import io.tidemark.schema.value.Utf8;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** One change of a table's settings. */
public sealed interface TableChange {

    /** Refused if the capacity is provisioned and already that; no change if it is on demand already. Ends limits if it is provisioned. */
    record SetCapacity(Capacity capacity) implements TableChange {}

    record SetDeletionProtection(boolean enabled) implements TableChange {}

    /** Adds tags, in place of those with the same keys. At least one. */
    record AddTags(Tags tags) implements TableChange {
        public AddTags {
            if (tags.byKey().isEmpty()) {
                throw new IllegalArgumentException("at least one tag must be given");
            }
        }
    }

    /**
     * Removes the tags that are there of these.
     *
     * @param keys 1 to {@link Tags#MAX_COUNT}
     */
    record RemoveTags(SortedSet<String> keys) implements TableChange {
        public RemoveTags {
            keys = Collections.unmodifiableSortedSet(new TreeSet<>(keys));
            if (keys.isEmpty() || keys.size() > Tags.MAX_COUNT) {
                throw new IllegalArgumentException(
                        "1 to " + Tags.MAX_COUNT + " keys of tags must be given, not " + keys.size());
            }
        }
    }

    /** The time of the change is kept also if the table has that class already. */
    record SetTableClass(TableClass tableClass) implements TableChange {}

    /**
     * Refused for a table with provisioned capacity, unless it shall lose that.
     *
     * @param toOnDemand whether the table becomes one without provisioned capacity
     */
    record SetOnDemandLimits(LimitChange read, LimitChange write, boolean toOnDemand) implements TableChange {}

    /**
     * Lets items expire by the attribute, or no longer. Refused if it is so already, or while they expire by another attribute.
     *
     * @param attributeName 1 to {@link #MAX_ATTRIBUTE_LENGTH} characters
     */
    record SetTimeToLive(String attributeName, boolean enabled) implements TableChange {
        public static final int MAX_ATTRIBUTE_LENGTH = 255;

        public SetTimeToLive {
            if (attributeName.isEmpty()
                    || attributeName.length() > MAX_ATTRIBUTE_LENGTH
                    || !Utf8.isWellFormed(attributeName)) {
                throw new IllegalArgumentException("the name of an attribute has 1 to " + MAX_ATTRIBUTE_LENGTH
                        + " characters, this one has " + attributeName.length());
            }
        }
    }
}
