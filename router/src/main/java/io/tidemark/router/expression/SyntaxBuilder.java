package io.tidemark.router.expression;

import io.tidemark.router.error.ExpressionErrors;
import io.tidemark.router.expression.ItemExpressionParser.AddSectionContext;
import io.tidemark.router.expression.ItemExpressionParser.AddendContext;
import io.tidemark.router.expression.ItemExpressionParser.CallContext;
import io.tidemark.router.expression.ItemExpressionParser.ConditionContext;
import io.tidemark.router.expression.ItemExpressionParser.ConditionExpressionContext;
import io.tidemark.router.expression.ItemExpressionParser.ConjunctionContext;
import io.tidemark.router.expression.ItemExpressionParser.DeleteSectionContext;
import io.tidemark.router.expression.ItemExpressionParser.NameContext;
import io.tidemark.router.expression.ItemExpressionParser.NegationContext;
import io.tidemark.router.expression.ItemExpressionParser.OperandContext;
import io.tidemark.router.expression.ItemExpressionParser.PathContext;
import io.tidemark.router.expression.ItemExpressionParser.PredicateContext;
import io.tidemark.router.expression.ItemExpressionParser.ProjectionExpressionContext;
import io.tidemark.router.expression.ItemExpressionParser.RemoveSectionContext;
import io.tidemark.router.expression.ItemExpressionParser.SectionContext;
import io.tidemark.router.expression.ItemExpressionParser.SetActionContext;
import io.tidemark.router.expression.ItemExpressionParser.SetSectionContext;
import io.tidemark.router.expression.ItemExpressionParser.StepContext;
import io.tidemark.router.expression.ItemExpressionParser.SubjectContext;
import io.tidemark.router.expression.ItemExpressionParser.SumContext;
import io.tidemark.router.expression.ItemExpressionParser.UpdateExpressionContext;
import io.tidemark.router.expression.ItemExpressionParser.ValueActionContext;
import io.tidemark.router.expression.Syntax.Action;
import io.tidemark.router.expression.Syntax.Assigned;
import io.tidemark.router.expression.Syntax.Call;
import io.tidemark.router.expression.Syntax.Clause;
import io.tidemark.router.expression.Syntax.ConditionText;
import io.tidemark.router.expression.Syntax.Path;
import io.tidemark.router.expression.Syntax.ProjectionText;
import io.tidemark.router.expression.Syntax.Step;
import io.tidemark.router.expression.Syntax.Term;
import io.tidemark.router.expression.Syntax.UpdateText;
import io.tidemark.router.expression.Syntax.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Makes of a text that the grammar has read what it says, and checks words, indexes and functions in the order of the text. */
final class SyntaxBuilder {
    private enum Section {
        SET,
        REMOVE,
        ADD,
        DELETE
    }

    private final ExpressionErrors errors;
    private final Functions functions;

    SyntaxBuilder(ExpressionErrors errors) {
        this.errors = errors;
        this.functions = new Functions(errors);
    }

    ConditionText condition(ConditionExpressionContext tree) {
        return new ConditionText(clause(tree.condition()));
    }

    ProjectionText projection(ProjectionExpressionContext tree) {
        return new ProjectionText(tree.path().stream().map(this::path).toList());
    }

    UpdateText update(UpdateExpressionContext tree) {
        List<Action> actions = new ArrayList<>();
        Set<Section> sections = EnumSet.noneOf(Section.class);
        for (SectionContext section : tree.section()) {
            addActions(actions, section);
            Section name = Section.valueOf(section.getStart().getText().toUpperCase(Locale.ROOT));
            if (!sections.add(name)) {
                throw errors.sectionTwice(name.name());
            }
        }
        return new UpdateText(List.copyOf(actions));
    }

    private Clause clause(ConditionContext condition) {
        List<Clause> terms = new ArrayList<>(condition.conjunction().size());
        for (ConjunctionContext conjunction : condition.conjunction()) {
            terms.add(clause(conjunction));
        }
        return terms.size() == 1 ? terms.getFirst() : new Clause.Or(List.copyOf(terms));
    }

    private Clause clause(ConjunctionContext conjunction) {
        List<Clause> terms = new ArrayList<>(conjunction.negation().size());
        for (NegationContext negation : conjunction.negation()) {
            terms.add(clause(negation));
        }
        return terms.size() == 1 ? terms.getFirst() : new Clause.And(List.copyOf(terms));
    }

    private Clause clause(NegationContext negation) {
        Clause clause = clause(negation.predicate());
        for (int i = 0; i < negation.NOT().size(); i++) {
            clause = new Clause.Not(clause);
        }
        return clause;
    }

    private Clause clause(PredicateContext predicate) {
        if (predicate.getChildCount() == 1) {
            return clause(predicate.subject());
        }
        Term subject = term(predicate.subject());
        List<Term> operands = new ArrayList<>(predicate.operand().size());
        for (OperandContext operand : predicate.operand()) {
            operands.add(term(operand, true, false));
        }
        if (predicate.BETWEEN() != null) {
            return new Clause.Between(subject, operands.getFirst(), operands.getLast());
        }
        return predicate.IN() != null
                ? new Clause.In(subject, List.copyOf(operands))
                : new Clause.Comparison(predicate.comparator().getText(), subject, operands.getFirst());
    }

    /** A condition by itself: {@link SyntaxRules} has seen to it that it is one. */
    private Clause clause(SubjectContext subject) {
        if (subject.condition() != null) {
            return clause(subject.condition());
        }
        functions.requireCondition(subject.call().NAME().getText());
        return new Clause.Function(call(subject.call(), true, true));
    }

    /** Before an operator: {@link SyntaxRules} has seen to it that parentheses hold nothing but an operand. */
    private Term term(SubjectContext subject) {
        SubjectContext innermost = subject;
        while (innermost.condition() != null) {
            innermost =
                    innermost.condition().conjunction(0).negation(0).predicate().subject();
        }
        return term(innermost.call(), innermost.VALUE(), innermost.path(), true, false);
    }

    /**
     * @param inCondition otherwise in an update
     * @param nested within a function, or beside a sign
     */
    private Term term(OperandContext operand, boolean inCondition, boolean nested) {
        OperandContext innermost = operand;
        while (innermost.operand() != null) {
            innermost = innermost.operand();
        }
        return term(innermost.call(), innermost.VALUE(), innermost.path(), inCondition, nested);
    }

    /** Exactly one of the first three is not null. */
    private Term term(
            @Nullable CallContext call,
            @Nullable TerminalNode value,
            @Nullable PathContext path,
            boolean inCondition,
            boolean nested) {
        if (call != null) {
            String function = call.NAME().getText();
            if (inCondition) {
                functions.requireConditionOperand(function);
            } else {
                functions.requireUpdateOperand(function, nested);
            }
            return call(call, inCondition, true);
        }
        return value == null ? path(Objects.requireNonNull(path)) : new Value(value.getText());
    }

    private Call call(CallContext call, boolean inCondition, boolean nested) {
        List<Term> operands = new ArrayList<>(call.operand().size());
        for (OperandContext operand : call.operand()) {
            operands.add(term(operand, inCondition, nested));
        }
        return new Call(call.NAME().getText(), List.copyOf(operands));
    }

    private Path path(PathContext path) {
        List<Step> steps = new ArrayList<>(1 + path.step().size());
        steps.add(name(path.name()));
        for (StepContext step : path.step()) {
            steps.add(step.name() == null ? position(step.INDEX().getText()) : name(step.name()));
        }
        return new Path(List.copyOf(steps));
    }

    private Step name(NameContext name) {
        String text = name.getText();
        if (name.NAME() == null) {
            return new Step.NamePlaceholder(text);
        }
        if (ReservedWords.contains(text)) {
            throw errors.reservedWord(text);
        }
        return new Step.Name(text);
    }

    private Step position(String index) {
        try {
            return new Step.Position(Integer.parseInt(index));
        } catch (NumberFormatException e) {
            throw errors.indexOutOfRange(index);
        }
    }

    private void addActions(List<Action> actions, SectionContext section) {
        switch (section) {
            case SetSectionContext set -> {
                for (SetActionContext action : set.setAction()) {
                    Path path = path(action.path());
                    actions.add(new Action.Set(path, assigned(action.sum())));
                }
            }
            case RemoveSectionContext remove -> {
                for (PathContext path : remove.path()) {
                    actions.add(new Action.Remove(path(path)));
                }
            }
            case AddSectionContext add -> {
                for (ValueActionContext action : add.valueAction()) {
                    actions.add(new Action.Add(
                            path(action.path()), new Value(action.VALUE().getText())));
                }
            }
            case DeleteSectionContext delete -> {
                for (ValueActionContext action : delete.valueAction()) {
                    actions.add(new Action.Delete(
                            path(action.path()), new Value(action.VALUE().getText())));
                }
            }
            default -> throw new IllegalStateException("unknown section: " + section.getClass());
        }
    }

    private Assigned assigned(SumContext sum) {
        SumContext innermost = sum;
        while (innermost.operand() == null && innermost.addend().sum() != null) {
            innermost = innermost.addend().sum();
        }
        OperandContext right = innermost.operand();
        if (right == null) {
            return new Assigned.Of(term(innermost.addend(), false));
        }
        return new Assigned.Sum(
                innermost.getChild(1).getText(), term(innermost.addend(), true), term(right, false, true));
    }

    private Term term(AddendContext addend, boolean nested) {
        AddendContext innermost = addend;
        while (innermost.sum() != null) {
            innermost = innermost.sum().addend();
        }
        return term(innermost.call(), innermost.VALUE(), innermost.path(), false, nested);
    }
}
