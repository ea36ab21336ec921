package io.tidemark.materializer.core;

import io.tidemark.schema.expression.AttributeType;
import io.tidemark.schema.expression.Comparator;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.Operand;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.value.Utf8Order;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates condition and filter expressions as DynamoDB does. A condition is true or false, never an error: an operand that is
 * absent or of a type that does not fit makes its comparison false, except {@code <>}, which is exactly the opposite of
 * {@code =}. So an absent attribute differs from everything, from another absent attribute too.
 *
 * <p>The caller bounds the tree, see {@link ExpressionLimits}.
 */
public final class Conditions {
    private Conditions() {}

    /** @param item what the condition is asked of; null where there is none, which is as an item without attributes */
    public static boolean test(Condition condition, @Nullable Item item) {
        return holds(condition, item == null ? Item.EMPTY : item);
    }

    private static boolean holds(Condition condition, Item item) {
        return switch (condition) {
            case Condition.Compare compare ->
                compare(compare.comparator(), value(compare.left(), item), value(compare.right(), item));
            case Condition.Between between -> isBetween(between, item);
            case Condition.In in -> isIn(in, item);
            case Condition.AttributeExists exists -> Documents.find(item, exists.path()) != null;
            case Condition.AttributeNotExists absent -> Documents.find(item, absent.path()) == null;
            case Condition.HasType hasType -> hasType(Documents.find(item, hasType.path()), hasType.type());
            case Condition.BeginsWith begins -> beginsWith(value(begins.value(), item), value(begins.prefix(), item));
            case Condition.Contains contains ->
                contains(value(contains.container(), item), value(contains.element(), item));
            case Condition.And and -> allHold(and.terms(), item);
            case Condition.Or or -> anyHolds(or.terms(), item);
            case Condition.Not not -> !holds(not.term(), item);
        };
    }

    private static boolean allHold(List<Condition> terms, Item item) {
        for (Condition term : terms) {
            if (!holds(term, item)) {
                return false;
            }
        }
        return true;
    }

    private static boolean anyHolds(List<Condition> terms, Item item) {
        for (Condition term : terms) {
            if (holds(term, item)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable AttributeValue value(Operand operand, Item item) {
        return switch (operand) {
            case Operand.Path path -> Documents.find(item, path.path());
            case Operand.Literal literal -> literal.value();
            case Operand.Size size -> size(Documents.find(item, size.path()));
        };
    }

    /** Of text the number of UTF-16 code units, as DynamoDB Local counts; of a number, Boolean or null there is none. */
    private static @Nullable AttributeValue size(@Nullable AttributeValue value) {
        return switch (value) {
            case null -> null;
            case AttributeValue.S text -> AttributeValue.N.of(text.value().length());
            case AttributeValue.B binary -> AttributeValue.N.of(binary.value().length());
            case AttributeValue.L list -> AttributeValue.N.of(list.values().size());
            case AttributeValue.M map -> AttributeValue.N.of(map.values().size());
            case AttributeValue.SS set -> AttributeValue.N.of(set.values().size());
            case AttributeValue.NS set -> AttributeValue.N.of(set.values().size());
            case AttributeValue.BS set -> AttributeValue.N.of(set.values().size());
            case AttributeValue.N number -> null;
            case AttributeValue.Bool bool -> null;
            case AttributeValue.Null none -> null;
        };
    }

    private static boolean compare(
            Comparator comparator, @Nullable AttributeValue left, @Nullable AttributeValue right) {
        return switch (comparator) {
            case EQ -> areEqual(left, right);
            case NE -> !areEqual(left, right);
            case LT, LE, GT, GE -> areInOrder(comparator, left, right);
        };
    }

    private static boolean areEqual(@Nullable AttributeValue left, @Nullable AttributeValue right) {
        return left != null && left.equals(right);
    }

    /** Only two texts, two numbers or two binaries have an order. */
    private static boolean areInOrder(
            Comparator comparator, @Nullable AttributeValue left, @Nullable AttributeValue right) {
        int order;
        if (left instanceof AttributeValue.S a && right instanceof AttributeValue.S b) {
            order = Utf8Order.INSTANCE.compare(a.value(), b.value());
        } else if (left instanceof AttributeValue.N a && right instanceof AttributeValue.N b) {
            order = a.value().compareTo(b.value());
        } else if (left instanceof AttributeValue.B a && right instanceof AttributeValue.B b) {
            order = a.value().compareTo(b.value());
        } else {
            return false;
        }
        return switch (comparator) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            case GE -> order >= 0;
        };
    }

    private static boolean isBetween(Condition.Between between, Item item) {
        AttributeValue value = value(between.value(), item);
        return areInOrder(Comparator.GE, value, value(between.low(), item))
                && areInOrder(Comparator.LE, value, value(between.high(), item));
    }

    private static boolean isIn(Condition.In in, Item item) {
        AttributeValue value = value(in.value(), item);
        for (Operand candidate : in.candidates()) {
            if (areEqual(value, value(candidate, item))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasType(@Nullable AttributeValue value, AttributeType type) {
        return switch (type) {
            case S -> value instanceof AttributeValue.S;
            case N -> value instanceof AttributeValue.N;
            case B -> value instanceof AttributeValue.B;
            case BOOL -> value instanceof AttributeValue.Bool;
            case NULL -> value instanceof AttributeValue.Null;
            case L -> value instanceof AttributeValue.L;
            case M -> value instanceof AttributeValue.M;
            case SS -> value instanceof AttributeValue.SS;
            case NS -> value instanceof AttributeValue.NS;
            case BS -> value instanceof AttributeValue.BS;
        };
    }

    private static boolean beginsWith(@Nullable AttributeValue value, @Nullable AttributeValue prefix) {
        if (value instanceof AttributeValue.S text && prefix instanceof AttributeValue.S start) {
            return text.value().startsWith(start.value());
        }
        return value instanceof AttributeValue.B binary
                && prefix instanceof AttributeValue.B start
                && binary.value().startsWith(start.value());
    }

    /** A part of a text or binary, a member of a set, or an element of a list. */
    private static boolean contains(@Nullable AttributeValue container, @Nullable AttributeValue element) {
        if (element == null) {
            return false;
        }
        return switch (container) {
            case null -> false;
            case AttributeValue.S text ->
                element instanceof AttributeValue.S part && Substrings.contains(text.value(), part.value());
            case AttributeValue.B binary ->
                element instanceof AttributeValue.B part && Substrings.contains(binary.value(), part.value());
            case AttributeValue.SS set ->
                element instanceof AttributeValue.S member && set.values().contains(member.value());
            case AttributeValue.NS set ->
                element instanceof AttributeValue.N member && set.values().contains(member.value());
            case AttributeValue.BS set ->
                element instanceof AttributeValue.B member && set.values().contains(member.value());
            case AttributeValue.L list -> list.values().contains(element);
            case AttributeValue.M map -> false;
            case AttributeValue.N number -> false;
            case AttributeValue.Bool bool -> false;
            case AttributeValue.Null none -> false;
        };
    }
}
