package io.tidemark.router.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.error.ConstraintErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the constraints that a typed tree breaks, in the order of the shapes. For one use by one thread. */
final class ConstraintCheck {
    private final List<Fault> faults = new ArrayList<>(0);

    private ConstraintCheck() {}

    /** Of at most {@link ConstraintErrors#MAX_FAULTS} constraints; empty if all are satisfied. */
    static List<Fault> faults(Shape.Structure shape, ObjectNode node) {
        ConstraintCheck check = new ConstraintCheck();
        check.structure(shape, node, null);
        return check.faults;
    }

    private void structure(Shape.Structure shape, JsonNode node, @Nullable Path path) {
        List<Member> members = shape.members();
        for (int i = 0; i < members.size() && !isFull(); i++) {
            Member member = members.get(i);
            JsonNode value = node.get(member.name());
            List<Constraint> constraints = member.constraints();
            for (int j = 0; j < constraints.size() && !isFull(); j++) {
                constraint(constraints.get(j), member, value, path);
            }
            if (value != null && member.shape().constrained()) {
                parts(member.shape(), value, Path.member(path, member.name()));
            }
        }
    }

    private void parts(Shape shape, JsonNode value, Path path) {
        switch (shape) {
            case Shape.Structure structure -> structure(structure, value, path);
            case Shape.ListOf list -> {
                for (int i = 0; i < value.size() && !isFull(); i++) {
                    parts(list.element(), value.get(i), path.element(Integer.toString(i + 1)));
                }
            }
            case Shape.MapOf map -> {
                for (Map.Entry<String, JsonNode> entry : value.properties()) {
                    if (isFull()) {
                        return;
                    }
                    parts(map.value(), entry.getValue(), path.element(entry.getKey()));
                }
            }
            case Shape.Scalar ignored -> {}
            case Shape.AttributeValue ignored -> {}
        }
    }

    private void constraint(Constraint constraint, Member member, @Nullable JsonNode value, @Nullable Path parent) {
        if (constraint instanceof Constraint.TableName name) {
            tableName(name, member, value, parent);
        } else if (!satisfies(constraint, value)) {
            report(constraint, member, value, parent);
        }
    }

    private void tableName(Constraint.TableName name, Member member, @Nullable JsonNode value, @Nullable Path parent) {
        if (value == null) {
            return;
        }
        for (Constraint part : name.parts(value.textValue())) {
            if (!satisfies(part, value)) {
                report(part, member, value, parent);
            }
        }
    }

    private void report(Constraint constraint, Member member, @Nullable JsonNode value, @Nullable Path parent) {
        if (!isFull()) {
            faults.add(new Fault(constraint, member, Path.member(parent, member.name()), value));
        }
    }

    private boolean isFull() {
        return faults.size() >= ConstraintErrors.MAX_FAULTS;
    }

    private static boolean satisfies(Constraint constraint, @Nullable JsonNode value) {
        if (value == null) {
            return !(constraint instanceof Constraint.NotNull);
        }
        return switch (constraint) {
            case Constraint.NotNull ignored -> true;
            case Constraint.MinLength min -> length(value) >= min.length();
            case Constraint.MaxLength max -> length(value) <= max.length();
            case Constraint.MaxCount max -> length(value) <= max.count();
            case Constraint.MinCount min -> length(value) >= min.count();
            case Constraint.NameCharacters ignored -> isName(value.textValue());
            case Constraint.OneOf oneOf -> oneOf.values().contains(value.textValue());
            case Constraint.MinValue min -> value.longValue() >= min.value();
            case Constraint.MaxValue max -> value.longValue() <= max.value();
            case Constraint.TableName ignored -> isTableName(value.textValue());
            case Constraint.TableNameKeys ignored -> keysAreTableNames(value);
            case Constraint.ValueLengths lengths -> valuesHaveLengths(value, lengths);
        };
    }

    private static boolean keysAreTableNames(JsonNode map) {
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            if (!isTableName(TableArn.nameOf(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean valuesHaveLengths(JsonNode map, Constraint.ValueLengths lengths) {
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            int size = entry.getValue().size();
            if (size < lengths.minLength() || size > lengths.maxLength()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTableName(String name) {
        return name.length() >= Constraint.MIN_NAME_LENGTH
                && name.length() <= Constraint.MAX_NAME_LENGTH
                && isName(name);
    }

    private static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
                    && c != '_'
                    && c != '.'
                    && c != '-') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static int length(JsonNode value) {
        return value.isTextual() ? value.textValue().length() : value.size();
    }
}
