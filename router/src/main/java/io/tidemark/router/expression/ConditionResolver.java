package io.tidemark.router.expression;

import io.tidemark.router.error.ExpressionErrors;
import io.tidemark.router.expression.Syntax.Clause;
import io.tidemark.schema.expression.AttributeType;
import io.tidemark.schema.expression.Comparator;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.Operand;
import io.tidemark.schema.value.AttributeValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts names and values in for the placeholders of a condition, and checks its operands: clause by clause, in the order of the
 * text; in each the placeholders first, then how many operands there are, whether they differ, and their types. In all
 * this, operators come after their operands.
 */
final class ConditionResolver {
    private static final String BETWEEN = "BETWEEN";
    private static final String IN = "IN";
    private static final Condition TRUE = new Condition.And(List.of());
    private static final Condition FALSE = new Condition.Or(List.of());
    private static final Operand ZERO = Operand.literal(AttributeValue.N.of(0));

    private final ExpressionErrors errors;
    private final Placeholders placeholders;
    private final PathResolver paths;
    private final Functions functions;
    private final OperandTypes types;
    private final OperatorCount operators;

    ConditionResolver(ExpressionErrors errors, Placeholders placeholders) {
        this.errors = errors;
        this.placeholders = placeholders;
        this.paths = new PathResolver(errors, placeholders);
        this.functions = new Functions(errors);
        this.types = new OperandTypes(errors);
        this.operators = new OperatorCount(errors);
    }

    Condition resolve(Clause clause) {
        return switch (clause) {
            case Clause.And and -> new Condition.And(joined(and.terms()));
            case Clause.Or or -> new Condition.Or(joined(or.terms()));
            case Clause.Not not -> negation(not);
            case Clause.Comparison comparison -> comparison(comparison);
            case Clause.Between between -> between(between);
            case Clause.In in -> in(in);
            case Clause.Function function -> function(function.call());
        };
    }

    /** However many follow each other, they take no stack. */
    private Condition negation(Clause.Not outermost) {
        int count = 1;
        Clause term = outermost.term();
        while (term instanceof Clause.Not not) {
            count++;
            term = not.term();
        }
        Condition condition = resolve(term);
        operators.add(count);
        for (int i = 0; i < count; i++) {
            condition = new Condition.Not(condition);
        }
        return condition;
    }

    private List<Condition> joined(List<Clause> clauses) {
        List<Condition> conditions = new ArrayList<>(clauses.size());
        for (Clause clause : clauses) {
            conditions.add(resolve(clause));
        }
        operators.add(clauses.size() - 1);
        return conditions;
    }

    private Condition comparison(Clause.Comparison comparison) {
        Operand left = operand(comparison.left());
        Operand right = operand(comparison.right());
        String operator = comparison.operator();
        requireDistinct(operator, left, List.of(right));
        Comparator comparator = comparator(operator);
        switch (comparator) {
            case EQ, NE -> {}
            case LT, LE, GT, GE -> {
                types.require(operator, OperandTypes.ORDERED, left);
                types.require(operator, OperandTypes.ORDERED, right);
            }
        }
        operators.add(1);
        return new Condition.Compare(comparator, left, right);
    }

    static Comparator comparator(String operator) {
        return switch (operator) {
            case "=" -> Comparator.EQ;
            case "<>" -> Comparator.NE;
            case "<" -> Comparator.LT;
            case "<=" -> Comparator.LE;
            case ">" -> Comparator.GT;
            case ">=" -> Comparator.GE;
            default -> throw new IllegalArgumentException("no comparator: " + operator);
        };
    }

    private Condition between(Clause.Between between) {
        Operand value = operand(between.value());
        Operand low = operand(between.low());
        Operand high = operand(between.high());
        types.require(BETWEEN, OperandTypes.ORDERED, value);
        types.require(BETWEEN, OperandTypes.ORDERED, low);
        types.require(BETWEEN, OperandTypes.ORDERED, high);
        requireDistinct(BETWEEN, value, List.of(low, high));
        types.requireBounds(low, high);
        operators.add(1);
        return new Condition.Between(value, low, high);
    }

    private Condition in(Clause.In in) {
        Operand value = operand(in.value());
        List<Operand> candidates = operands(in.candidates());
        requireDistinct(IN, value, candidates);
        if (candidates.size() > Condition.In.MAX_CANDIDATES) {
            throw errors.tooManyInOperands(candidates.size());
        }
        operators.add(1);
        return new Condition.In(value, candidates);
    }

    private Condition function(Syntax.Call call) {
        List<Operand> operands = operands(call.operands());
        functions.requireOperandCount(call);
        String function = call.function();
        Operand first = operands.getFirst();
        requireDistinct(function, first, operands.subList(1, operands.size()));
        Condition condition = switch (function) {
            case Functions.ATTRIBUTE_EXISTS -> new Condition.AttributeExists(requirePath(function, first));
            case Functions.ATTRIBUTE_NOT_EXISTS -> new Condition.AttributeNotExists(requirePath(function, first));
            case Functions.ATTRIBUTE_TYPE -> hasType(first, types.typeNamed(function, operands.get(1)));
            case Functions.BEGINS_WITH -> {
                types.require(function, OperandTypes.PREFIXED, first);
                types.require(function, OperandTypes.PREFIXED, operands.get(1));
                yield new Condition.BeginsWith(first, operands.get(1));
            }
            case Functions.CONTAINS -> new Condition.Contains(first, operands.get(1));
            default -> throw new IllegalStateException("no condition: " + function);
        };
        operators.add(1);
        return condition;
    }

    /** The type of what is no attribute is known before the item is. */
    private static Condition hasType(Operand operand, AttributeType type) {
        return switch (operand) {
            case Operand.Path path -> new Condition.HasType(path.path(), type);
            case Operand.Literal literal -> literal.value().type() == type ? TRUE : FALSE;
            // A number, where there is a size.
            case Operand.Size size ->
                type == AttributeType.N ? new Condition.Compare(Comparator.GE, size, ZERO) : FALSE;
        };
    }

    private List<Operand> operands(List<Syntax.Term> terms) {
        List<Operand> operands = new ArrayList<>(terms.size());
        for (Syntax.Term term : terms) {
            operands.add(operand(term));
        }
        return operands;
    }

    private Operand operand(Syntax.Term term) {
        return switch (term) {
            case Syntax.Path path -> new Operand.Path(paths.resolve(path));
            case Syntax.Value value -> new Operand.Literal(placeholders.value(errors, value.placeholder()));
            case Syntax.Call call -> size(call);
        };
    }

    /** The only function among operands. */
    private Operand size(Syntax.Call call) {
        List<Operand> operands = operands(call.operands());
        functions.requireOperandCount(call);
        Operand sized = operands.getFirst();
        types.require(Functions.SIZE, OperandTypes.SIZED, sized);
        operators.add(1);
        return switch (sized) {
            case Operand.Path path -> new Operand.Size(path.path());
            case Operand.Literal literal -> new Operand.Literal(AttributeValue.N.of(sizeOf(literal.value())));
            case Operand.Size size -> throw new IllegalStateException("a size has none: " + size);
        };
    }

    /** As the state machine counts, for attributes. */
    private static int sizeOf(AttributeValue value) {
        return switch (value) {
            case AttributeValue.S text -> text.value().length();
            case AttributeValue.B binary -> binary.value().length();
            case AttributeValue.L list -> list.values().size();
            case AttributeValue.M map -> map.values().size();
            case AttributeValue.SS set -> set.values().size();
            case AttributeValue.NS set -> set.values().size();
            case AttributeValue.BS set -> set.values().size();
            case AttributeValue.N number -> throw new IllegalArgumentException("a number has no size");
            case AttributeValue.Bool bool -> throw new IllegalArgumentException("a Boolean has no size");
            case AttributeValue.Null none -> throw new IllegalArgumentException("null has no size");
        };
    }

    /** To hold an attribute against itself says nothing of the item. */
    private void requireDistinct(String operator, Operand first, List<Operand> others) {
        if (first instanceof Operand.Path path && others.contains(first)) {
            throw errors.operandsNotDistinct(operator, PathResolver.show(path.path()));
        }
    }

    private DocumentPath requirePath(String function, Operand operand) {
        if (operand instanceof Operand.Path path) {
            return path.path();
        }
        throw errors.pathRequired(function);
    }
}
