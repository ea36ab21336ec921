package io.tidemark.schema.expression;

import java.util.List;

/** A condition or filter expression. It is true or false of an item, never an error: operand types that do not fit give false. */
public sealed interface Condition {
    /** Nodes from the root to the deepest one: DynamoDB admits at most 300 operators and functions in an expression. */
    int MAX_DEPTH = 300;

    record Compare(Comparator comparator, Operand left, Operand right) implements Condition {}

    /** {@code low <= value <= high}, all of one type. */
    record Between(Operand value, Operand low, Operand high) implements Condition {}

    record In(Operand value, List<Operand> candidates) implements Condition {
        /** DynamoDB's limit on the list of IN. */
        public static final int MAX_CANDIDATES = 100;

        public In {
            candidates = List.copyOf(candidates);
            if (candidates.isEmpty() || candidates.size() > MAX_CANDIDATES) {
                throw new IllegalArgumentException(
                        "IN takes 1 to " + MAX_CANDIDATES + " candidates: " + candidates.size());
            }
        }
    }

    record AttributeExists(DocumentPath path) implements Condition {}

    record AttributeNotExists(DocumentPath path) implements Condition {}

    record HasType(DocumentPath path, AttributeType type) implements Condition {}

    record BeginsWith(Operand value, Operand prefix) implements Condition {}

    record Contains(Operand container, Operand element) implements Condition {}

    record And(List<Condition> terms) implements Condition {
        public And {
            terms = List.copyOf(terms);
        }
    }

    record Or(List<Condition> terms) implements Condition {
        public Or {
            terms = List.copyOf(terms);
        }
    }

    record Not(Condition term) implements Condition {}
}
