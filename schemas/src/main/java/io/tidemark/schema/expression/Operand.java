package io.tidemark.schema.expression;

import io.tidemark.schema.value.AttributeValue;

/** What a condition compares: a place in the item, a constant, or the size of what is at a place. */
public sealed interface Operand {
    record Path(DocumentPath path) implements Operand {}

    record Literal(AttributeValue value) implements Operand {}

    /** {@code size(path)}: a number, or absent where the attribute is absent or has no size. */
    record Size(DocumentPath path) implements Operand {}

    static Operand path(String attribute) {
        return new Path(DocumentPath.of(attribute));
    }

    static Operand literal(AttributeValue value) {
        return new Literal(value);
    }
}
