package io.tidemark.router.operation.item;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ValueWording;
import io.tidemark.router.expression.Expressions;
import io.tidemark.router.expression.KeyConditionExpression;
import io.tidemark.router.expression.KeyPredicates;
import io.tidemark.router.expression.Placeholders;
import io.tidemark.router.legacy.AttributeUpdates;
import io.tidemark.router.legacy.AttributesToGet;
import io.tidemark.router.legacy.LegacyConditions;
import io.tidemark.router.value.AttributeValues;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.Projection;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.value.AttributeValue;
import java.util.Optional;

/**
 * What a request says in expressions, or in the older parameters instead; both end in the same trees. The caller has checked that
 * the request does not mix the two, and looks at what depends on the table later. Thread-safe. Every method throws an {@link
 * ApiException} for what is wrong.
 */
final class Clauses {
    private static final String CONDITIONAL_OPERATOR = "ConditionalOperator";

    private final Expressions expressions;
    private final ValueWording wording;
    private final LegacyConditions older;

    /** @param wording of what is wrong with a value */
    Clauses(Expressions expressions, ValueWording wording) {
        this.expressions = expressions;
        this.wording = wording;
        this.older = new LegacyConditions(this::value);
    }

    /** @param older whether it was given as AttributeUpdates */
    record Update(UpdateExpression update, Optional<Condition> condition, boolean older) {}

    /** The expressions of a read. */
    record Read(Optional<Condition> filter, Optional<Projection> projection, Optional<KeyPredicates> key) {
        static final Read NOTHING = new Read(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Of a put or delete. */
    Optional<Condition> condition(Parameters input) {
        if (input.has("Expected")) {
            return expected(input);
        }
        Optional<String> text = input.text("ConditionExpression");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Placeholders placeholders = placeholders(input);
        Condition condition = expressions.condition(text.get(), placeholders);
        placeholders.requireAllUsed();
        return Optional.of(condition);
    }

    Update update(Parameters input) {
        UpdateExpression updates = AttributeUpdates.read(members(input, "AttributeUpdates"), this::value);
        TreeSize.require(updates);
        Optional<Condition> expected = expected(input);
        Optional<String> updateText = input.text("UpdateExpression");
        Optional<String> conditionText = input.text("ConditionExpression");
        if (updateText.isEmpty() && conditionText.isEmpty()) {
            return new Update(updates, expected, true);
        }
        Placeholders placeholders = placeholders(input);
        UpdateExpression update =
                updateText.map(text -> expressions.update(text, placeholders)).orElse(UpdateExpression.NOTHING);
        Optional<Condition> condition = conditionText.map(text -> expressions.condition(text, placeholders));
        placeholders.requireAllUsed();
        return new Update(update, condition, false);
    }

    /** Of a get. */
    Optional<Projection> projection(Parameters input) {
        Optional<Projection> attributes = attributesToGet(input);
        return attributes.isPresent() ? attributes : read(input).projection();
    }

    /** The filter, projection and key condition of whichever read, where they are expressions. */
    Read read(Parameters input) {
        Optional<String> filterText = input.text("FilterExpression");
        Optional<String> projectionText = input.text("ProjectionExpression");
        Optional<String> keyText = input.text("KeyConditionExpression");
        if (filterText.isEmpty() && projectionText.isEmpty() && keyText.isEmpty()) {
            return Read.NOTHING;
        }
        Placeholders placeholders = placeholders(input);
        Optional<Condition> filter = filterText.map(text -> expressions.filter(text, placeholders));
        Optional<Projection> projection = projectionText.map(text -> expressions.projection(text, placeholders));
        Optional<KeyConditionExpression> key = keyText.map(text -> expressions.keyCondition(text, placeholders));
        placeholders.requireAllUsed();
        return new Read(filter, projection, key.map(KeyConditionExpression::predicates));
    }

    Optional<Projection> attributesToGet(Parameters input) {
        return Optional.ofNullable(input.node("AttributesToGet")).map(AttributesToGet::read);
    }

    /** @param parameter QueryFilter or ScanFilter */
    Optional<Condition> olderFilter(Parameters input, String parameter) {
        Optional<Condition> filter = older.filter(members(input, parameter), members(input, CONDITIONAL_OPERATOR));
        filter.ifPresent(TreeSize::require);
        return filter;
    }

    /** Of KeyConditions, which must be there. */
    KeyPredicates keyConditions(Parameters input) {
        return older.keyConditions(input.required("KeyConditions"));
    }

    private Optional<Condition> expected(Parameters input) {
        Optional<Condition> expected = older.expected(members(input, "Expected"), members(input, CONDITIONAL_OPERATOR));
        expected.ifPresent(TreeSize::require);
        return expected;
    }

    private static JsonNode members(Parameters input, String name) {
        return input.members().path(name);
    }

    private Placeholders placeholders(Parameters input) {
        return Placeholders.of(
                input.node("ExpressionAttributeNames"), input.node("ExpressionAttributeValues"), this::value, wording);
    }

    private AttributeValue value(JsonNode json) {
        return AttributeValues.read(json, wording);
    }
}
