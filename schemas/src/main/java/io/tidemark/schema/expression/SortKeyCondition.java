package io.tidemark.schema.expression;

import io.tidemark.schema.value.AttributeValue;

/** The part of a Query's key condition that is about the sort key. */
public sealed interface SortKeyCondition {
    /** {@code comparator} is any but {@link Comparator#NE}. */
    record Compare(Comparator comparator, AttributeValue value) implements SortKeyCondition {
        public Compare {
            if (comparator == Comparator.NE) {
                throw new IllegalArgumentException("a key condition has no <>");
            }
        }
    }

    /** Both ends inclusive. */
    record Between(AttributeValue low, AttributeValue high) implements SortKeyCondition {}

    /** Sort keys of type S or B only. */
    record BeginsWith(AttributeValue prefix) implements SortKeyCondition {}
}
