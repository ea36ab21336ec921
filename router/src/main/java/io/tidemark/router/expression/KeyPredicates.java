package io.tidemark.router.expression;

import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.KeyErrors;
import io.tidemark.schema.expression.AttributeType;
import io.tidemark.schema.expression.Comparator;
import io.tidemark.schema.expression.SortKeyCondition;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.value.AttributeValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a Query asks of attributes by their names, before it is known which of them are the table's key: an operator and its
 * operands for each.
 */
public record KeyPredicates(Map<String, KeyPredicate> byAttribute) {
    /** @param values as many as the operator takes */
    public record KeyPredicate(ComparisonOperator operator, List<AttributeValue> values) {
        public KeyPredicate {
            values = List.copyOf(values);
        }
    }

    public KeyPredicates {
        byAttribute = Map.copyOf(byAttribute);
    }

    /** @throws ApiException if they are not of the table's key, or ask of it what no key can be asked */
    public KeyCondition bind(KeySchema schema) {
        int keyAttributes = schema.sortKey().isPresent() ? 2 : 1;
        if (byAttribute.size() > keyAttributes) {
            throw KeyErrors.tooManyPredicates(byAttribute.size(), keyAttributes);
        }
        KeyPredicate partition = partition(schema);
        Optional<SortKeyCondition> sort = Optional.empty();
        if (schema.sortKey().isPresent()) {
            KeyAttribute sortKey = schema.sortKey().get();
            KeyPredicate predicate = byAttribute.get(sortKey.name());
            if (predicate == null && byAttribute.size() > 1) {
                throw KeyErrors.missing(sortKey.name());
            }
            if (predicate != null) {
                requireIndexable(predicate);
                requireTypes(sortKey, predicate);
                requireNotEmpty(sortKey, predicate);
                sort = Optional.of(sortCondition(predicate));
            }
        }
        return new KeyCondition(partition.values().getFirst(), sort);
    }

    private KeyPredicate partition(KeySchema schema) {
        KeyAttribute partitionKey = schema.partitionKey();
        KeyPredicate predicate = byAttribute.get(partitionKey.name());
        if (predicate == null) {
            throw KeyErrors.missing(partitionKey.name());
        }
        requireIndexable(predicate);
        requireTypes(partitionKey, predicate);
        if (predicate.operator() != ComparisonOperator.EQ) {
            throw KeyErrors.unsupported();
        }
        requireNotEmpty(partitionKey, predicate);
        return predicate;
    }

    private static void requireIndexable(KeyPredicate predicate) {
        boolean indexable = switch (predicate.operator()) {
            case EQ, LE, LT, GE, GT, BETWEEN, BEGINS_WITH -> true;
            case NE, IN, NOT_NULL, NULL, CONTAINS, NOT_CONTAINS -> false;
        };
        if (!indexable) {
            throw KeyErrors.notIndexable();
        }
    }

    private static void requireTypes(KeyAttribute attribute, KeyPredicate predicate) {
        AttributeType type = switch (attribute.type()) {
            case S -> AttributeType.S;
            case N -> AttributeType.N;
            case B -> AttributeType.B;
        };
        for (AttributeValue value : predicate.values()) {
            if (value.type() != type) {
                throw KeyErrors.typeMismatch();
            }
        }
    }

    private static void requireNotEmpty(KeyAttribute attribute, KeyPredicate predicate) {
        for (AttributeValue value : predicate.values()) {
            if (value instanceof AttributeValue.S text && text.value().isEmpty()) {
                throw KeyErrors.emptyKey("string", attribute.name());
            }
            if (value instanceof AttributeValue.B binary && binary.value().length() == 0) {
                throw KeyErrors.emptyKey("binary", attribute.name());
            }
        }
    }

    private static SortKeyCondition sortCondition(KeyPredicate predicate) {
        AttributeValue value = predicate.values().getFirst();
        return switch (predicate.operator()) {
            case EQ -> new SortKeyCondition.Compare(Comparator.EQ, value);
            case LE -> new SortKeyCondition.Compare(Comparator.LE, value);
            case LT -> new SortKeyCondition.Compare(Comparator.LT, value);
            case GE -> new SortKeyCondition.Compare(Comparator.GE, value);
            case GT -> new SortKeyCondition.Compare(Comparator.GT, value);
            case BETWEEN ->
                new SortKeyCondition.Between(value, predicate.values().get(1));
            case BEGINS_WITH -> new SortKeyCondition.BeginsWith(value);
            case NE, IN, NOT_NULL, NULL, CONTAINS, NOT_CONTAINS ->
                throw new IllegalStateException("not indexable: " + predicate.operator());
        };
    }
}
