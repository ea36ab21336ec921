package io.tidemark.router.expression;

import java.util.List;

/** What an expression's text says, before names and values are put in for its placeholders. */
sealed interface Syntax {
    /** A condition, filter or key condition expression. */
    record ConditionText(Clause clause) implements Syntax {}

    /** In the order of the text. */
    record ProjectionText(List<Path> paths) implements Syntax {}

    /** In the order of the text. */
    record UpdateText(List<Action> actions) implements Syntax {}

    /** Something that is true or false. */
    sealed interface Clause {
        record And(List<Clause> terms) implements Clause {}

        record Or(List<Clause> terms) implements Clause {}

        record Not(Clause term) implements Clause {}

        record Comparison(String operator, Term left, Term right) implements Clause {}

        record Between(Term value, Term low, Term high) implements Clause {}

        record In(Term value, List<Term> candidates) implements Clause {}

        record Function(Call call) implements Clause {}
    }

    /** Something that has a value. */
    sealed interface Term permits Path, Value, Call {}

    record Path(List<Step> steps) implements Term {}

    /** @param placeholder with its colon */
    record Value(String placeholder) implements Term {}

    record Call(String function, List<Term> operands) implements Term {}

    sealed interface Step {
        record Name(String name) implements Step {}

        /** @param placeholder with its hash sign */
        record NamePlaceholder(String placeholder) implements Step {}

        record Position(int index) implements Step {}
    }

    /** One action of an update. */
    sealed interface Action {
        Path path();

        record Set(Path path, Assigned assigned) implements Action {}

        record Remove(Path path) implements Action {}

        record Add(Path path, Value value) implements Action {}

        record Delete(Path path, Value value) implements Action {}
    }

    /** The right-hand side of a SET action. */
    sealed interface Assigned {
        record Of(Term term) implements Assigned {}

        /** @param operator {@code +} or {@code -} */
        record Sum(String operator, Term left, Term right) implements Assigned {}
    }
}
