package io.tidemark.router.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.router.error.ConstraintErrors;
import org.jspecify.annotations.Nullable;

/**
 * A constraint that a request breaks.
 *
 * @param path of the member
 * @param value null if it is missing
 */
record Fault(
        Constraint constraint,
        Member member,
        Path path,
        @Nullable JsonNode value) {
    boolean isMissing() {
        return value == null;
    }

    /** Whether it is a fault of the parameter, not of a member of another one. */
    boolean isOf(String parameter) {
        return path.parent() == null && member.name().equals(parameter);
    }

    /** With what was found, unless it is too long to be repeated. */
    String text() {
        return switch (constraint) {
            case Constraint.MaxCount max -> withoutValue();
            case Constraint.MinCount min -> withoutValue();
            case Constraint.TableNameKeys keys ->
                withValue(keys.inJson() ? Echo.ofJson(value) : Echo.of(member.shape(), value));
            default -> withValue(Echo.of(member.shape(), value));
        };
    }

    private String withValue(String echo) {
        return ConstraintErrors.fault(echo, path.toString(), constraint.text());
    }

    /** Without what was found, and with the path as in the JSON. */
    String withoutValue() {
        return ConstraintErrors.fault(path.exact(), constraint.text());
    }
}
