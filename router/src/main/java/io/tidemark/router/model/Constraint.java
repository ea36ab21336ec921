package io.tidemark.router.model;

import java.util.List;

/** What a parameter's value must satisfy beyond its type. */
public sealed interface Constraint {
    /** Characters that names of tables and indexes have; as the service writes the pattern. */
    String NAME_PATTERN = "[a-zA-Z0-9_.-]+";

    int MIN_NAME_LENGTH = 3;
    int MAX_NAME_LENGTH = 255;

    /** As the service states it. */
    String text();

    record NotNull() implements Constraint {
        @Override
        public String text() {
            return "Member must not be null";
        }
    }

    /** Of characters, elements or entries. */
    record MinLength(int length) implements Constraint {
        @Override
        public String text() {
            return "Member must have length greater than or equal to " + length;
        }
    }

    /** Of characters, elements or entries. */
    record MaxLength(int length) implements Constraint {
        @Override
        public String text() {
            return "Member must have length less than or equal to " + length;
        }
    }

    /** As {@link MaxLength}, of what is too long to be repeated in the error. */
    record MaxCount(int count) implements Constraint {
        @Override
        public String text() {
            return new MaxLength(count).text();
        }
    }

    /** As {@link MinLength}, told without what was found. */
    record MinCount(int count) implements Constraint {
        @Override
        public String text() {
            return new MinLength(count).text();
        }
    }

    record NameCharacters() implements Constraint {
        @Override
        public String text() {
            return "Member must satisfy regular expression pattern: " + NAME_PATTERN;
        }
    }

    /** @param values in the order in which the service lists them */
    record OneOf(List<String> values) implements Constraint {
        public OneOf {
            values = List.copyOf(values);
        }

        @Override
        public String text() {
            return "Member must satisfy enum value set: [" + String.join(", ", values) + "]";
        }
    }

    record MinValue(long value) implements Constraint {
        @Override
        public String text() {
            return "Member must have value greater than or equal to " + value;
        }
    }

    record MaxValue(long value) implements Constraint {
        @Override
        public String text() {
            return "Member must have value less than or equal to " + value;
        }
    }

    /**
     * A table's name: characters and length, each a fault of its own.
     *
     * @param ofTables whether the operation is one on tables; one on items says of an empty name only that it is empty
     */
    record TableName(boolean ofTables) implements Constraint {
        private static final List<Constraint> PARTS =
                List.of(new NameCharacters(), new MinLength(MIN_NAME_LENGTH), new MaxLength(MAX_NAME_LENGTH));
        private static final List<Constraint> PARTS_OF_EMPTY =
                List.of(new MinLength(MIN_NAME_LENGTH), new NameCharacters());

        /** What a name may break, in the order in which the service says it. */
        List<Constraint> parts(String name) {
            if (!name.isEmpty()) {
                return PARTS;
            }
            return ofTables ? PARTS_OF_EMPTY : List.of(new MinLength(1));
        }

        @Override
        public String text() {
            return "a table's name";
        }
    }

    /**
     * Every key of the map is a table's name or ARN.
     *
     * @param inJson whether the map is repeated as it was sent
     */
    record TableNameKeys(boolean inJson) implements Constraint {
        @Override
        public String text() {
            return "Map keys must satisfy constraint: [" + new MaxLength(MAX_NAME_LENGTH).text() + ", "
                    + new MinLength(MIN_NAME_LENGTH).text() + ", " + new NameCharacters().text() + "]";
        }
    }

    /** Every value of the map has a length in this range. */
    record ValueLengths(int minLength, int maxLength) implements Constraint {
        @Override
        public String text() {
            return "Map value must satisfy constraint: [" + new MaxLength(maxLength).text() + ", "
                    + new MinLength(minLength).text() + "]";
        }
    }
}
