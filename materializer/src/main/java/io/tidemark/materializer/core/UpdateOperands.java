package io.tidemark.materializer.core;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.command.InvalidReason;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.UpdateValue;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Decimal;
import io.tidemark.schema.value.InvalidValueException;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.value.ItemSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the right-hand sides of one update. All of them read the item as it was before the update. Two budgets bound the
 * work, because a short expression can name a large attribute many times.
 */
final class UpdateOperands {
    /** What all {@code list_append} of an update may join, counted again where one is nested in another. */
    private static final long MAX_APPENDED_BYTES = 32L * ItemSize.MAX_ITEM_BYTES;

    private final Item before;
    private long appendedBytes;
    private long copiedBytes;

    UpdateOperands(Item before) {
        this.before = before;
    }

    /** What SET assigns. */
    AttributeValue assigned(UpdateValue value) throws InvalidUpdateException {
        AttributeValue result = evaluate(value);
        if (!(value instanceof UpdateValue.Literal)) {
            countCopy(result);
        }
        return result;
    }

    /** Everything that is assigned ends up in the item, so that more than an item can hold need not be looked at. */
    private void countCopy(AttributeValue value) throws InvalidUpdateException {
        copiedBytes += ItemSize.of(value);
        if (copiedBytes > ItemSize.MAX_ITEM_BYTES) {
            throw InvalidUpdateException.tooLarge();
        }
    }

    private AttributeValue evaluate(UpdateValue value) throws InvalidUpdateException {
        return switch (value) {
            case UpdateValue.Literal literal -> literal.value();
            case UpdateValue.Path path -> {
                AttributeValue found = Documents.find(before, path.path());
                if (found == null) {
                    throw InvalidUpdateException.missingAttribute();
                }
                yield found;
            }
            case UpdateValue.IfNotExists absent -> {
                // Evaluated even if it is not needed: as in DynamoDB, it must be admissible.
                AttributeValue otherwise = evaluate(absent.otherwise());
                AttributeValue found = Documents.find(before, absent.path());
                yield found == null ? otherwise : found;
            }
            case UpdateValue.ListAppend append -> append(list(append.first()), list(append.second()));
            case UpdateValue.Plus plus -> plus(number(plus.left()), number(plus.right()));
            case UpdateValue.Minus minus -> minus(number(minus.left()), number(minus.right()));
        };
    }

    private AttributeValue.L list(UpdateValue value) throws InvalidUpdateException {
        if (evaluate(value) instanceof AttributeValue.L list) {
            return list;
        }
        throw InvalidUpdateException.operandType();
    }

    private Decimal number(UpdateValue value) throws InvalidUpdateException {
        if (evaluate(value) instanceof AttributeValue.N number) {
            return number.value();
        }
        throw InvalidUpdateException.operandType();
    }

    private AttributeValue append(AttributeValue.L first, AttributeValue.L second) throws InvalidUpdateException {
        appendedBytes += (long) ItemSize.of(first) + ItemSize.of(second);
        if (appendedBytes > MAX_APPENDED_BYTES) {
            throw InvalidUpdateException.tooLarge();
        }
        List<AttributeValue> joined =
                new ArrayList<>(first.values().size() + second.values().size());
        joined.addAll(first.values());
        joined.addAll(second.values());
        return new AttributeValue.L(joined);
    }

    private static AttributeValue plus(Decimal left, Decimal right) throws InvalidUpdateException {
        try {
            return new AttributeValue.N(left.plus(right));
        } catch (InvalidValueException e) {
            throw outOfRange(e);
        }
    }

    private static AttributeValue minus(Decimal left, Decimal right) throws InvalidUpdateException {
        try {
            return new AttributeValue.N(left.minus(right));
        } catch (InvalidValueException e) {
            throw outOfRange(e);
        }
    }

    private static InvalidUpdateException outOfRange(InvalidValueException e) {
        String message = e.getMessage();
        return new InvalidUpdateException(
                InvalidReason.NUMBER_RANGE, message == null ? "number out of range" : message);
    }

    /** What ADD leaves at the path: the sum of two numbers or the union of two sets of one type; absent counts as none. */
    AttributeValue added(DocumentPath path, AttributeValue value) throws InvalidUpdateException {
        AttributeValue old = Documents.find(before, path);
        return switch (value) {
            case AttributeValue.N number -> {
                if (old == null) {
                    yield number;
                }
                if (old instanceof AttributeValue.N sum) {
                    yield plus(sum.value(), number.value());
                }
                throw InvalidUpdateException.operandType();
            }
            case AttributeValue.SS set -> {
                if (old == null) {
                    yield set;
                }
                if (old instanceof AttributeValue.SS texts) {
                    yield new AttributeValue.SS(union(texts.values(), set.values()));
                }
                throw InvalidUpdateException.operandType();
            }
            case AttributeValue.NS set -> {
                if (old == null) {
                    yield set;
                }
                if (old instanceof AttributeValue.NS numbers) {
                    yield new AttributeValue.NS(union(numbers.values(), set.values()));
                }
                throw InvalidUpdateException.operandType();
            }
            case AttributeValue.BS set -> {
                if (old == null) {
                    yield set;
                }
                if (old instanceof AttributeValue.BS binaries) {
                    yield new AttributeValue.BS(union(binaries.values(), set.values()));
                }
                throw InvalidUpdateException.operandType();
            }
            case AttributeValue.S scalar -> throw InvalidUpdateException.operandType();
            case AttributeValue.B scalar -> throw InvalidUpdateException.operandType();
            case AttributeValue.Bool scalar -> throw InvalidUpdateException.operandType();
            case AttributeValue.Null scalar -> throw InvalidUpdateException.operandType();
            case AttributeValue.L list -> throw InvalidUpdateException.operandType();
            case AttributeValue.M map -> throw InvalidUpdateException.operandType();
        };
    }

    /** What DELETE leaves at the path; null if nothing is left, or nothing was there. */
    @Nullable
    AttributeValue remaining(DocumentPath path, AttributeValue value) throws InvalidUpdateException {
        AttributeValue old = Documents.find(before, path);
        boolean isSet = value instanceof AttributeValue.SS
                || value instanceof AttributeValue.NS
                || value instanceof AttributeValue.BS;
        if (isSet && old == null) {
            return null;
        }
        if (old instanceof AttributeValue.SS set && value instanceof AttributeValue.SS removed) {
            SortedSet<String> rest = difference(set.values(), removed.values());
            return rest.isEmpty() ? null : new AttributeValue.SS(rest);
        }
        if (old instanceof AttributeValue.NS set && value instanceof AttributeValue.NS removed) {
            SortedSet<Decimal> rest = difference(set.values(), removed.values());
            return rest.isEmpty() ? null : new AttributeValue.NS(rest);
        }
        if (old instanceof AttributeValue.BS set && value instanceof AttributeValue.BS removed) {
            SortedSet<Bytes> rest = difference(set.values(), removed.values());
            return rest.isEmpty() ? null : new AttributeValue.BS(rest);
        }
        throw InvalidUpdateException.operandType();
    }

    private static <E> SortedSet<E> union(SortedSet<E> first, SortedSet<E> second) {
        TreeSet<E> union = new TreeSet<>(first);
        union.addAll(second);
        return union;
    }

    private static <E> SortedSet<E> difference(SortedSet<E> set, Set<E> removed) {
        TreeSet<E> rest = new TreeSet<>(set);
        for (E element : removed) {
            rest.remove(element);
        }
        return rest;
    }
}
