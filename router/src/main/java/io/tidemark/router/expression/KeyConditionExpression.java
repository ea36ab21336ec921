package io.tidemark.router.expression;

import io.tidemark.router.error.ApiException;

/** A key condition expression that is sound as a condition, but may ask what no key can be asked. Not thread-safe. */
public final class KeyConditionExpression {
    private final Syntax.Clause clause;
    private final Placeholders placeholders;

    KeyConditionExpression(Syntax.Clause clause, Placeholders placeholders) {
        this.clause = clause;
        this.placeholders = placeholders;
    }

    /**
     * What it asks of which attribute. The service tells of faults in this after all that can be wrong in the request's other
     * expressions and with unused placeholders, and before the table is looked up.
     *
     * @throws ApiException if it has an operator or a form that key conditions have not
     */
    public KeyPredicates predicates() {
        return new KeyConditionReader(ExpressionKind.KEY_CONDITION.errors(), placeholders).read(clause);
    }
}
