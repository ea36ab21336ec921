package io.tidemark.schema.value;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.expression.AttributeType;
import java.util.Collections;
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
    /** DynamoDB's limit on lists and maps inside each other. */
    int MAX_NESTING = 32;

    /** Text; may be empty except in keys. */
    record S(String value) implements AttributeValue {}

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
            values = Item.canonicalCopy(values);
        }

        public static M of(Map<String, AttributeValue> values) {
            return new M(Item.canonicalCopy(values));
        }
    }

    /** Not empty. */
    record SS(SortedSet<String> values) implements AttributeValue {
        public SS {
            TreeSet<String> copy = new TreeSet<>(Utf8Order.INSTANCE);
            copy.addAll(values);
            values = Collections.unmodifiableSortedSet(copy);
            requireNotEmpty(values.isEmpty());
        }
    }

    /** Not empty. */
    record NS(SortedSet<Decimal> values) implements AttributeValue {
        public NS {
            values = Collections.unmodifiableSortedSet(new TreeSet<>(values));
            requireNotEmpty(values.isEmpty());
        }
    }

    /** Not empty. */
    record BS(SortedSet<Bytes> values) implements AttributeValue {
        public BS {
            values = Collections.unmodifiableSortedSet(new TreeSet<>(values));
            requireNotEmpty(values.isEmpty());
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

    private static void requireNotEmpty(boolean empty) {
        if (empty) {
            throw new InvalidValueException("a set must not be empty");
        }
    }
}
