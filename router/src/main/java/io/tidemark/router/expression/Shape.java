package io.tidemark.router.expression;

/** What may be said of a part of an expression in parentheses, or before an operator, once it has been read. */
enum Shape {
    /** A path or a value: something to compare or to assign. */
    OPERAND,
    /** A call of a function: an operand, or a condition by itself. */
    CALL,
    /** A condition, or a sum: operators do not apply to it any more. */
    COMPLETE
}
