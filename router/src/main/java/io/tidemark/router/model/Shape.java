package io.tidemark.router.model;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The type of a parameter. Immutable. */
public sealed interface Shape {
    /** What the service's errors call the type. */
    String javaType();

    /** Whether the type or a part of it has constraints; else its values need not be looked through. */
    boolean constrained();

    /** A JSON string, number or boolean. */
    enum Scalar implements Shape {
        STRING("String"),
        INTEGER("Integer"),
        LONG("Long"),
        BOOLEAN("Boolean");

        private final String typeName;

        Scalar(String typeName) {
            this.typeName = typeName;
        }

        public String typeName() {
            return typeName;
        }

        @Override
        public String javaType() {
            return "java.lang." + typeName;
        }

        @Override
        public boolean constrained() {
            return false;
        }
    }

    /** A value of an item's attribute: an object with one member, named for its type. */
    record AttributeValue() implements Shape {
        public static final AttributeValue SHAPE = new AttributeValue();
        public static final String NAME = "AttributeValue";

        @Override
        public String javaType() {
            return Structure.JAVA_PACKAGE + NAME;
        }

        @Override
        public boolean constrained() {
            return false;
        }
    }

    record ListOf(Shape element) implements Shape {
        @Override
        public String javaType() {
            return "java.util.List<" + element.javaType() + ">";
        }

        @Override
        public boolean constrained() {
            return element.constrained();
        }
    }

    record MapOf(Shape value) implements Shape {
        @Override
        public String javaType() {
            return "java.util.Map<java.lang.String, " + value.javaType() + ">";
        }

        @Override
        public boolean constrained() {
            return value.constrained();
        }
    }

    /** An object with known members. */
    final class Structure implements Shape {
        private static final String JAVA_PACKAGE = "com.amazonaws.dynamodb.v20120810.";

        private final String name;
        private final List<Member> members;
        private final Map<String, Member> byName;
        private final boolean constrained;

        private Structure(String name, List<Member> members) {
            this.name = name;
            this.members = members;
            byName = members.stream().collect(Collectors.toUnmodifiableMap(Member::name, Function.identity()));
            constrained = members.stream()
                    .anyMatch(member ->
                            !member.constraints().isEmpty() || member.shape().constrained());
        }

        /** @param members in the order in which the service reports faults */
        static Structure of(String name, Member... members) {
            return new Structure(name, List.of(members));
        }

        public String name() {
            return name;
        }

        /** In the order in which the service reports faults. */
        public List<Member> members() {
            return members;
        }

        public @Nullable Member member(String memberName) {
            return byName.get(memberName);
        }

        @Override
        public String javaType() {
            return JAVA_PACKAGE + name;
        }

        @Override
        public boolean constrained() {
            return constrained;
        }
    }
}
