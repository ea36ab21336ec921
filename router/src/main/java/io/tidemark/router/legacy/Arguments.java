package io.tidemark.router.legacy;

import static io.tidemark.schema.expression.AttributeType.B;
import static io.tidemark.schema.expression.AttributeType.BOOL;
import static io.tidemark.schema.expression.AttributeType.N;
import static io.tidemark.schema.expression.AttributeType.NULL;
import static io.tidemark.schema.expression.AttributeType.S;

import io.tidemark.router.error.LegacyErrors;
import io.tidemark.router.expression.ComparisonOperator;
import io.tidemark.schema.expression.AttributeType;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Utf8Order;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which values a comparison operator takes. */
final class Arguments {
    private static final Set<AttributeType> ORDERED = EnumSet.of(S, N, B);
    private static final Set<AttributeType> PREFIXES = EnumSet.of(S, B);
    private static final Set<AttributeType> ELEMENTS = EnumSet.of(S, N, B, BOOL, NULL);
    private static final Set<AttributeType> ALL = EnumSet.allOf(AttributeType.class);

    private Arguments() {}

    static void require(ComparisonOperator operator, List<AttributeValue> values) {
        if (!isCount(operator, values.size())) {
            throw LegacyErrors.argumentCount(operator.name());
        }
        for (AttributeValue value : values) {
            if (value.type() != values.getFirst().type()) {
                throw LegacyErrors.argumentsOfDifferentTypes();
            }
        }
        for (AttributeValue value : values) {
            if (!types(operator).contains(value.type())) {
                throw LegacyErrors.argumentType(operator.name(), value.type().name());
            }
        }
        if (operator == ComparisonOperator.BETWEEN && isGreater(values.get(0), values.get(1))) {
            throw LegacyErrors.boundsOutOfOrder();
        }
    }

    private static boolean isCount(ComparisonOperator operator, int count) {
        return switch (operator) {
            case NULL, NOT_NULL -> count == 0;
            case BETWEEN -> count == 2;
            case IN -> count > 0;
            case EQ, NE, LE, LT, GE, GT, CONTAINS, NOT_CONTAINS, BEGINS_WITH -> count == 1;
        };
    }

    private static Set<AttributeType> types(ComparisonOperator operator) {
        return switch (operator) {
            case EQ, NE, NULL, NOT_NULL -> ALL;
            case LE, LT, GE, GT, BETWEEN, IN -> ORDERED;
            case CONTAINS, NOT_CONTAINS -> ELEMENTS;
            case BEGINS_WITH -> PREFIXES;
        };
    }

    /** Of two values of one ordered type. */
    private static boolean isGreater(AttributeValue left, AttributeValue right) {
        if (left instanceof AttributeValue.S a && right instanceof AttributeValue.S b) {
            return Utf8Order.INSTANCE.compare(a.value(), b.value()) > 0;
        }
        if (left instanceof AttributeValue.N a && right instanceof AttributeValue.N b) {
            return a.value().compareTo(b.value()) > 0;
        }
        return left instanceof AttributeValue.B a
                && right instanceof AttributeValue.B b
                && a.value().compareTo(b.value()) > 0;
    }
}
