package io.tidemark.router.expression;

import io.tidemark.router.error.ExpressionErrors;

/** The parameters that hold an expression. */
enum ExpressionKind {
    CONDITION("ConditionExpression"),
    FILTER("FilterExpression"),
    KEY_CONDITION("KeyConditionExpression"),
    PROJECTION("ProjectionExpression"),
    UPDATE("UpdateExpression");

    private final ExpressionErrors errors;

    ExpressionKind(String parameter) {
        this.errors = new ExpressionErrors(parameter);
    }

    ExpressionErrors errors() {
        return errors;
    }
}
