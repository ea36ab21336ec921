package io.tidemark.router.expression;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ExpressionErrors;
import io.tidemark.router.error.LegacyErrors;
import java.util.List;

/**
 * Which parameters of an operation hold expressions, and which are the older ones that say the same without: no request may
 * have both.
 */
@SuppressWarnings("ImmutableEnumChecker") // The lists are unmodifiable.
public enum ExpressionParameters {
    PUT_ITEM(List.of("ConditionExpression"), List.of("Expected", "ConditionalOperator")),
    DELETE_ITEM(List.of("ConditionExpression"), List.of("Expected", "ConditionalOperator")),
    UPDATE_ITEM(
            List.of("UpdateExpression", "ConditionExpression"),
            List.of("AttributeUpdates", "Expected", "ConditionalOperator")),
    /** Of BatchGetItem, too: for each table. */
    GET_ITEM(List.of("ProjectionExpression"), List.of("AttributesToGet")),
    QUERY(
            List.of("ProjectionExpression", "FilterExpression", "KeyConditionExpression"),
            List.of("AttributesToGet", "QueryFilter", "ConditionalOperator", "KeyConditions")),
    SCAN(
            List.of("ProjectionExpression", "FilterExpression"),
            List.of("AttributesToGet", "ScanFilter", "ConditionalOperator"));

    private static final String NAMES = "ExpressionAttributeNames";
    private static final String VALUES = "ExpressionAttributeValues";
    private static final String PROJECTION = "ProjectionExpression";
    private static final String KEY_CONDITIONS = "KeyConditions";
    private static final String KEY_CONDITION = "KeyConditionExpression";
    private static final String CONDITIONAL_OPERATOR = "ConditionalOperator";

    /** What ConditionalOperator joins; an operation has one of them. */
    private static final List<String> JOINED = List.of("Expected", "QueryFilter", "ScanFilter");

    private final List<String> expressions;
    private final List<String> withoutExpressions;

    ExpressionParameters(List<String> expressions, List<String> withoutExpressions) {
        this.expressions = expressions;
        this.withoutExpressions = withoutExpressions;
    }

    /**
     * @param parameters of the operation
     * @throws ApiException if both kinds are there, or placeholders without an expression, or a ConditionalOperator that has
     *     nothing to join
     */
    public void check(JsonNode parameters) {
        List<String> given = expressions.stream().filter(parameters::hasNonNull).toList();
        if (!given.isEmpty()) {
            List<String> older = withoutExpressions.stream()
                    .filter(parameters::hasNonNull)
                    // KeyConditions may go with the other expressions: they have no part in what the condition says.
                    .filter(name -> !name.equals(KEY_CONDITIONS) || parameters.hasNonNull(KEY_CONDITION))
                    .toList();
            if (!older.isEmpty()) {
                throw ApiException.validation(
                        "Can not use both expression and non-expression parameters in the same request: "
                                + "Non-expression parameters: {" + String.join(", ", older)
                                + "} Expression parameters: {" + String.join(", ", given) + "}");
            }
        }
        requireExpressions(parameters, given);
        requireConditionsToJoin(parameters);
    }

    private void requireExpressions(JsonNode parameters, List<String> given) {
        if (given.isEmpty() && parameters.hasNonNull(NAMES)) {
            throw new ExpressionErrors(NAMES).withoutExpressions();
        }
        List<String> withValues =
                expressions.stream().filter(name -> !name.equals(PROJECTION)).toList();
        if (!withValues.isEmpty()
                && parameters.hasNonNull(VALUES)
                && withValues.stream().noneMatch(parameters::hasNonNull)) {
            ExpressionErrors errors = new ExpressionErrors(VALUES);
            throw isRead()
                    ? errors.withoutExpressions(
                            String.join(" and ", withValues) + (withValues.size() == 1 ? " is null" : " are null"))
                    : errors.withoutExpressions();
        }
    }

    /** Only reads are told which expressions there might be. */
    private boolean isRead() {
        return expressions.contains(PROJECTION);
    }

    private void requireConditionsToJoin(JsonNode parameters) {
        if (!parameters.hasNonNull(CONDITIONAL_OPERATOR)) {
            return;
        }
        int conditions = 0;
        for (String name : JOINED) {
            conditions += parameters.path(name).size();
        }
        if (conditions == 0) {
            throw LegacyErrors.conditionalOperatorAlone();
        }
        if (conditions == 1) {
            throw LegacyErrors.conditionalOperatorOfOne();
        }
    }
}
