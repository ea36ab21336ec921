package io.tidemark.schema.expression;

import io.tidemark.schema.value.AttributeValue;

/** The right-hand side of a SET action. */
public sealed interface UpdateValue {
    record Path(DocumentPath path) implements UpdateValue {}

    record Literal(AttributeValue value) implements UpdateValue {}

    /** {@code if_not_exists(path, otherwise)} */
    record IfNotExists(DocumentPath path, UpdateValue otherwise) implements UpdateValue {}

    /** {@code list_append(first, second)}: both lists. */
    record ListAppend(UpdateValue first, UpdateValue second) implements UpdateValue {}

    /** Both numbers. */
    record Plus(UpdateValue left, UpdateValue right) implements UpdateValue {}

    /** Both numbers. */
    record Minus(UpdateValue left, UpdateValue right) implements UpdateValue {}
}
