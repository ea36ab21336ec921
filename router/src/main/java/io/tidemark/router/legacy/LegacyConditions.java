package io.tidemark.router.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.KeyErrors;
import io.tidemark.router.error.LegacyErrors;
import io.tidemark.router.expression.ComparisonOperator;
import io.tidemark.router.expression.KeyPredicates;
import io.tidemark.router.expression.KeyPredicates.KeyPredicate;
import io.tidemark.schema.expression.Comparator;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.Operand;
import io.tidemark.schema.value.AttributeValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads conditions on single attributes: those of Expected, QueryFilter, ScanFilter and KeyConditions. The JSON has the types and
 * the operators that the operation's shape gives it; a member that is null counts as absent.
 */
public final class LegacyConditions {
    private static final String COMPARISON_OPERATOR = "ComparisonOperator";
    private static final String ATTRIBUTE_VALUE_LIST = "AttributeValueList";
    private static final String VALUE = "Value";
    private static final String EXISTS = "Exists";
    private static final int MAX_KEY_CONDITIONS = 2;

    private final Function<JsonNode, AttributeValue> reader;

    /** @param reader reads one attribute value, and throws {@link ApiException} if it is none */
    public LegacyConditions(Function<JsonNode, AttributeValue> reader) {
        this.reader = reader;
    }

    /**
     * @param expected null or missing where the request has none
     * @param conditionalOperator AND or OR; null or missing where the request has none, which is as AND
     * @return empty where there is no condition
     * @throws ApiException if an entry is contradictory, or has too few or too many values or such as its operator does not take
     */
    public Optional<Condition> expected(JsonNode expected, JsonNode conditionalOperator) {
        List<Condition> conditions = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : expected.properties()) {
            conditions.add(expected(entry.getKey(), entry.getValue()));
        }
        return join(conditions, conditionalOperator);
    }

    /**
     * A QueryFilter or a ScanFilter.
     *
     * @param filter null or missing where the request has none
     * @param conditionalOperator AND or OR; null or missing where the request has none, which is as AND
     * @return empty where there is no condition
     * @throws ApiException if an entry has too few or too many values or such as its operator does not take
     */
    public Optional<Condition> filter(JsonNode filter, JsonNode conditionalOperator) {
        List<Condition> conditions = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : filter.properties()) {
            ComparisonOperator operator = operator(entry.getValue());
            List<AttributeValue> values = values(entry.getValue().path(ATTRIBUTE_VALUE_LIST));
            Arguments.require(operator, values);
            conditions.add(condition(AttributeNames.path(entry.getKey()), operator, values));
        }
        return join(conditions, conditionalOperator);
    }

    /**
     * @throws ApiException if there are none or too many, or an entry has too few or too many values or such as its operator does
     *     not take
     */
    public KeyPredicates keyConditions(JsonNode keyConditions) {
        Map<String, KeyPredicate> predicates = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : keyConditions.properties()) {
            ComparisonOperator operator = operator(entry.getValue());
            List<AttributeValue> values = values(entry.getValue().path(ATTRIBUTE_VALUE_LIST));
            Arguments.require(operator, values);
            predicates.put(entry.getKey(), new KeyPredicate(operator, values));
        }
        if (predicates.isEmpty() || predicates.size() > MAX_KEY_CONDITIONS) {
            throw KeyErrors.predicateCount();
        }
        return new KeyPredicates(predicates);
    }

    private Condition expected(String attribute, JsonNode entry) {
        if (entry.hasNonNull(ATTRIBUTE_VALUE_LIST) && entry.hasNonNull(VALUE)) {
            throw LegacyErrors.valueAndList(attribute);
        }
        if (entry.hasNonNull(COMPARISON_OPERATOR)) {
            return compared(attribute, entry);
        }
        if (entry.hasNonNull(ATTRIBUTE_VALUE_LIST)) {
            throw LegacyErrors.listWithoutOperator(attribute);
        }
        boolean exists = entry.path(EXISTS).asBoolean(true);
        if (exists && !entry.hasNonNull(VALUE)) {
            throw LegacyErrors.valueMissing(entry.hasNonNull(EXISTS) ? "true" : "null", attribute);
        }
        if (!exists && entry.hasNonNull(VALUE)) {
            throw LegacyErrors.valueOfAbsent(attribute);
        }
        DocumentPath path = AttributeNames.path(attribute);
        return exists
                ? compare(Comparator.EQ, path, reader.apply(entry.get(VALUE)))
                : new Condition.AttributeNotExists(path);
    }

    private Condition compared(String attribute, JsonNode entry) {
        ComparisonOperator operator = operator(entry);
        if (entry.hasNonNull(EXISTS)) {
            throw LegacyErrors.existsAndOperator(attribute);
        }
        boolean hasValues = entry.hasNonNull(ATTRIBUTE_VALUE_LIST) || entry.hasNonNull(VALUE);
        if (!hasValues && operator != ComparisonOperator.NULL && operator != ComparisonOperator.NOT_NULL) {
            throw LegacyErrors.operatorAlone(operator.name(), attribute);
        }
        List<AttributeValue> values = entry.hasNonNull(VALUE)
                ? List.of(reader.apply(entry.get(VALUE)))
                : values(entry.path(ATTRIBUTE_VALUE_LIST));
        Arguments.require(operator, values);
        return condition(AttributeNames.path(attribute), operator, values);
    }

    private static ComparisonOperator operator(JsonNode entry) {
        return ComparisonOperator.valueOf(entry.path(COMPARISON_OPERATOR).asText());
    }

    private List<AttributeValue> values(JsonNode list) {
        List<AttributeValue> values = new ArrayList<>(list.size());
        for (JsonNode value : list) {
            values.add(reader.apply(value));
        }
        return values;
    }

    private static Condition condition(DocumentPath path, ComparisonOperator operator, List<AttributeValue> values) {
        return switch (operator) {
            case EQ -> compare(Comparator.EQ, path, values.getFirst());
            case NE -> compare(Comparator.NE, path, values.getFirst());
            case LE -> compare(Comparator.LE, path, values.getFirst());
            case LT -> compare(Comparator.LT, path, values.getFirst());
            case GE -> compare(Comparator.GE, path, values.getFirst());
            case GT -> compare(Comparator.GT, path, values.getFirst());
            case IN -> in(path, values);
            case BETWEEN ->
                new Condition.Between(
                        new Operand.Path(path), Operand.literal(values.get(0)), Operand.literal(values.get(1)));
            case NOT_NULL -> new Condition.AttributeExists(path);
            case NULL -> new Condition.AttributeNotExists(path);
            case CONTAINS -> contains(path, values.getFirst());
            // False of an attribute that is absent, as CONTAINS is.
            case NOT_CONTAINS ->
                new Condition.And(List.of(
                        new Condition.AttributeExists(path), new Condition.Not(contains(path, values.getFirst()))));
            case BEGINS_WITH -> new Condition.BeginsWith(new Operand.Path(path), Operand.literal(values.getFirst()));
        };
    }

    private static Condition compare(Comparator comparator, DocumentPath path, AttributeValue value) {
        return new Condition.Compare(comparator, new Operand.Path(path), Operand.literal(value));
    }

    private static Condition contains(DocumentPath path, AttributeValue value) {
        return new Condition.Contains(new Operand.Path(path), Operand.literal(value));
    }

    /** These parameters have no limit on candidates, the tree's nodes have. */
    private static Condition in(DocumentPath path, List<AttributeValue> values) {
        List<Condition> parts = new ArrayList<>();
        int most = Condition.In.MAX_CANDIDATES;
        for (int start = 0; start < values.size(); start += most) {
            List<AttributeValue> part = values.subList(start, Math.min(values.size(), start + most));
            parts.add(new Condition.In(
                    new Operand.Path(path), part.stream().map(Operand::literal).toList()));
        }
        return parts.size() == 1 ? parts.getFirst() : new Condition.Or(parts);
    }

    private static Optional<Condition> join(List<Condition> conditions, JsonNode conditionalOperator) {
        if (conditions.size() < 2) {
            return conditions.stream().findFirst();
        }
        return Optional.of(
                conditionalOperator.asText().equals("OR")
                        ? new Condition.Or(conditions)
                        : new Condition.And(conditions));
    }
}
