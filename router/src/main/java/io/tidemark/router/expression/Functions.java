package io.tidemark.router.expression;

import io.tidemark.router.error.ExpressionErrors;
import java.util.Map;

/** Which functions there are, and where in an expression each may stand. Names are case-sensitive. */
final class Functions {
    static final String ATTRIBUTE_EXISTS = "attribute_exists";
    static final String ATTRIBUTE_NOT_EXISTS = "attribute_not_exists";
    static final String ATTRIBUTE_TYPE = "attribute_type";
    static final String BEGINS_WITH = "begins_with";
    static final String CONTAINS = "contains";
    static final String SIZE = "size";
    static final String IF_NOT_EXISTS = "if_not_exists";
    static final String LIST_APPEND = "list_append";

    /** What a function gives. */
    private enum Gives {
        /** It is a condition by itself. */
        CONDITION,
        /** It is an operand of a condition. */
        OPERAND,
        /** It is an operand of an update. */
        UPDATE_OPERAND
    }

    private record Signature(Gives gives, int operands) {}

    private static final Map<String, Signature> SIGNATURES = Map.of(
            ATTRIBUTE_EXISTS, new Signature(Gives.CONDITION, 1),
            ATTRIBUTE_NOT_EXISTS, new Signature(Gives.CONDITION, 1),
            ATTRIBUTE_TYPE, new Signature(Gives.CONDITION, 2),
            BEGINS_WITH, new Signature(Gives.CONDITION, 2),
            CONTAINS, new Signature(Gives.CONDITION, 2),
            SIZE, new Signature(Gives.OPERAND, 1),
            IF_NOT_EXISTS, new Signature(Gives.UPDATE_OPERAND, 2),
            LIST_APPEND, new Signature(Gives.UPDATE_OPERAND, 2));

    private final ExpressionErrors errors;

    Functions(ExpressionErrors errors) {
        this.errors = errors;
    }

    /** Where a condition is called for. */
    void requireCondition(String function) {
        requireOfConditions(function, Gives.CONDITION);
    }

    /** Where a condition's operand is called for. */
    void requireConditionOperand(String function) {
        requireOfConditions(function, Gives.OPERAND);
    }

    private void requireOfConditions(String function, Gives wanted) {
        Gives gives = known(function).gives();
        if (gives == Gives.UPDATE_OPERAND) {
            throw errors.functionNotInCondition(function);
        }
        if (gives != wanted) {
            throw errors.functionMisplaced(function);
        }
    }

    /** @param nested within another function, or beside a sign: only if_not_exists may stand there */
    void requireUpdateOperand(String function, boolean nested) {
        if (known(function).gives() != Gives.UPDATE_OPERAND) {
            throw errors.functionNotInUpdate(function);
        }
        if (nested && !function.equals(IF_NOT_EXISTS)) {
            throw errors.functionMisplaced(function);
        }
    }

    private Signature known(String function) {
        Signature signature = SIGNATURES.get(function);
        if (signature == null) {
            throw errors.unknownFunction(function);
        }
        return signature;
    }

    void requireOperandCount(Syntax.Call call) {
        int count = call.operands().size();
        if (count != known(call.function()).operands()) {
            throw errors.operandCount(call.function(), count);
        }
    }
}
