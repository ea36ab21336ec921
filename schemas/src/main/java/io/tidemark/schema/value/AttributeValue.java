package io.tidemark.schema.value;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.expression.AttributeType;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An attribute value of DynamoDB's type system. Immutable. Maps and sets are kept in order of their UTF-8 or unsigned bytes,
 * or of their numeric value, so that equal values have one encoding.
 */
public sealed interface AttributeValue {
    /** How many lists and maps may lie inside each other in what is encoded; DynamoDB's limit on levels. */
    int MAX_NESTING = 32;

    /** Text that UTF-8 can encode; may be empty except in keys. */
    record S(String value) implements AttributeValue {
        /** @throws InvalidValueException if the text has an unpaired surrogate */
        public S {
            Utf8.requireWellFormed(value);
        }
    }

    record N(Decimal value) implements AttributeValue {
        public static N of(long value) {
            return new N(Decimal.of(value));
        }

        /** @throws InvalidValueException if {@code text} is no number or out of DynamoDB's range */
        public static N of(String text) {
            return new N(Decimal.parse(text));
        }
    }

    record B(Bytes value) implements AttributeValue {}

    record Bool(boolean value) implements AttributeValue {}

    record Null() implements AttributeValue {}

    record L(List<AttributeValue> values) implements AttributeValue {
        public L {
            values = List.copyOf(values);
        }
    }

    record M(SortedMap<String, AttributeValue> values) implements AttributeValue {
        public M {
            values = AttributeMap.copyOf(values);
        }

        public static M of(Map<String, AttributeValue> values) {
            return new M(AttributeMap.copyOf(values));
        }
    }

    /** Not empty; the empty text may be an element. */
    record SS(SortedSet<String> values) implements AttributeValue {
        public SS {
            values = copyOf("string", values, Utf8Order.INSTANCE);
            values.forEach(Utf8::requireWellFormed);
        }
    }

    /** Not empty. */
    record NS(SortedSet<Decimal> values) implements AttributeValue {
        public NS {
            values = copyOf("number", values, Comparator.naturalOrder());
        }
    }

    /** Not empty. */
    record BS(SortedSet<Bytes> values) implements AttributeValue {
        public BS {
            values = copyOf("binary", values, Comparator.naturalOrder());
        }
    }

    /** The name of the type. */
    default AttributeType type() {
        return switch (this) {
            case S ignored -> AttributeType.S;
            case N ignored -> AttributeType.N;
            case B ignored -> AttributeType.B;
            case Bool ignored -> AttributeType.BOOL;
            case Null ignored -> AttributeType.NULL;
            case L ignored -> AttributeType.L;
            case M ignored -> AttributeType.M;
            case SS ignored -> AttributeType.SS;
            case NS ignored -> AttributeType.NS;
            case BS ignored -> AttributeType.BS;
        };
    }

    /** In that order, whatever the order of the argument. */
    private static <T> SortedSet<T> copyOf(String type, SortedSet<T> values, Comparator<? super T> order) {
        if (values.isEmpty()) {
            throw new InvalidValueException(
                    "One or more parameter values were invalid: An " + type + " set  may not be empty");
        }
        TreeSet<T> copy = new TreeSet<>(order);
        copy.addAll(values);
        return Collections.unmodifiableSortedSet(copy);
    }
}
