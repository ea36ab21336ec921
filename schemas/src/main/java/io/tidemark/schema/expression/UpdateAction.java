package io.tidemark.schema.expression;

import io.tidemark.schema.value.AttributeValue;

/** One action of an update expression. All actions of one update read the item as it was before the update. */
public sealed interface UpdateAction {
    DocumentPath path();

    record Set(DocumentPath path, UpdateValue value) implements UpdateAction {}

    record Remove(DocumentPath path) implements UpdateAction {}

    /** Adds to a number (absent counts as 0) or unites with a set (absent counts as empty). */
    record Add(DocumentPath path, AttributeValue value) implements UpdateAction {}

    /** Removes the elements from a set; a set that becomes empty is removed. */
    record Delete(DocumentPath path, AttributeValue value) implements UpdateAction {}
}
