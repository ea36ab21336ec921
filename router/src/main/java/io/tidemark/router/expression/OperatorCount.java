package io.tidemark.router.expression;

import io.tidemark.router.error.ExpressionErrors;

/** Counts the operators and functions of one expression, against DynamoDB's limit, as they are checked. */
final class OperatorCount {
    private final ExpressionErrors errors;
    private int count;

    OperatorCount(ExpressionErrors errors) {
        this.errors = errors;
    }

    /** @param operators that have been checked with their operands */
    void add(int operators) {
        count += operators;
        if (count > SyntaxReader.MAX_OPERATORS) {
            throw errors.tooManyOperators(SyntaxReader.MAX_OPERATORS + 1);
        }
    }
}
