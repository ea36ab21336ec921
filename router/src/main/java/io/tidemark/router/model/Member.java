package io.tidemark.router.model;

import java.util.List;

/**
 * A parameter of an operation, or a member of one.
 *
 * @param name as in the JSON
 * @param constraints in the order in which the service reports them
 */
public record Member(String name, Shape shape, List<Constraint> constraints, Presence presence, Support support) {
    /** What is said where a parameter is missing, beside {@link Constraint.NotNull}. */
    public enum Presence {
        /** Nothing. */
        OPTIONAL,
        /** "The parameter 'X' is required but was not present in the request". */
        REQUIRED_BY_NAME
    }

    public Member {
        constraints = List.copyOf(constraints);
    }

    static Member of(String name, Shape shape, Constraint... constraints) {
        return new Member(name, shape, List.of(constraints), Presence.OPTIONAL, Support.SUPPORTED);
    }

    Member requiredByName() {
        return new Member(name, shape, constraints, Presence.REQUIRED_BY_NAME, support);
    }

    Member kept(String reason) {
        return new Member(name, shape, constraints, presence, new Support.Kept(reason));
    }

    Member ignored(String reason) {
        return new Member(name, shape, constraints, presence, new Support.Ignored(reason));
    }

    Member refused(String what) {
        return new Member(name, shape, constraints, presence, new Support.Refused(what));
    }

    Member absent(String how) {
        return new Member(name, shape, constraints, presence, new Support.Absent(how));
    }
}
