package io.tidemark.schema.expression;

/** The comparison operators of condition and filter expressions. */
public enum Comparator {
    EQ,
    NE,
    LT,
    LE,
    GT,
    GE
}
