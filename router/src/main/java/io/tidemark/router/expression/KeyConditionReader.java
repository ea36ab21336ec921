package io.tidemark.router.expression;

import io.tidemark.router.error.ExpressionErrors;
import io.tidemark.router.error.KeyErrors;
import io.tidemark.router.expression.KeyPredicates.KeyPredicate;
import io.tidemark.router.expression.Syntax.Clause;
import io.tidemark.schema.value.AttributeValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes a key condition expression, which has the form of any condition, for the few conditions that a key admits. */
final class KeyConditionReader {
    private static final String BETWEEN = "BETWEEN";

    private final ExpressionErrors errors;
    private final Placeholders placeholders;
    private final PathResolver paths;
    private final Map<String, KeyPredicate> predicates = new LinkedHashMap<>();

    KeyConditionReader(ExpressionErrors errors, Placeholders placeholders) {
        this.errors = errors;
        this.placeholders = placeholders;
        this.paths = new PathResolver(errors, placeholders);
    }

    KeyPredicates read(Clause clause) {
        collect(clause);
        return new KeyPredicates(predicates);
    }

    private void collect(Clause clause) {
        switch (clause) {
            case Clause.And and -> and.terms().forEach(this::collect);
            case Clause.Or or -> throw KeyErrors.invalidOperator("OR");
            case Clause.Not not -> throw KeyErrors.invalidOperator("NOT");
            case Clause.In in -> throw KeyErrors.invalidOperator("IN");
            case Clause.Comparison comparison -> {
                if (comparison.operator().equals("<>")) {
                    throw KeyErrors.invalidOperator("<>");
                }
                add(comparison.operator(), List.of(comparison.left(), comparison.right()));
            }
            case Clause.Between between -> {
                requireAttributeFirst(BETWEEN, between.value());
                add(BETWEEN, List.of(between.value(), between.low(), between.high()));
            }
            case Clause.Function function -> {
                String name = function.call().function();
                if (!name.equals(Functions.BEGINS_WITH)) {
                    throw KeyErrors.invalidOperator(name);
                }
                requireAttributeFirst(name, function.call().operands().getFirst());
                add(name, function.call().operands());
            }
        }
    }

    private static void requireAttributeFirst(String operator, Syntax.Term first) {
        if (!(first instanceof Syntax.Path)) {
            throw KeyErrors.attributeNotFirst(operator);
        }
    }

    private void add(String operator, List<Syntax.Term> terms) {
        @Nullable String attribute = null;
        boolean attributeFirst = false;
        List<AttributeValue> values = new ArrayList<>(terms.size() - 1);
        for (Syntax.Term term : terms) {
            switch (term) {
                case Syntax.Path path -> {
                    if (attribute != null) {
                        throw KeyErrors.severalAttributes();
                    }
                    if (path.steps().size() > 1) {
                        throw KeyErrors.nestedAttribute();
                    }
                    attribute = paths.resolve(path).attribute();
                    attributeFirst = values.isEmpty();
                }
                case Syntax.Value value -> values.add(placeholders.value(errors, value.placeholder()));
                case Syntax.Call call -> throw KeyErrors.nestedOperation();
            }
        }
        if (attribute == null) {
            throw KeyErrors.noAttribute();
        }
        KeyPredicate predicate = new KeyPredicate(operator(operator, attributeFirst), values);
        if (predicates.putIfAbsent(attribute, predicate) != null) {
            throw KeyErrors.attributeTwice();
        }
    }

    /** {@code :v < a} says the same as {@code a > :v}. */
    private static ComparisonOperator operator(String operator, boolean attributeFirst) {
        return switch (operator) {
            case "=" -> ComparisonOperator.EQ;
            case "<" -> attributeFirst ? ComparisonOperator.LT : ComparisonOperator.GT;
            case "<=" -> attributeFirst ? ComparisonOperator.LE : ComparisonOperator.GE;
            case ">" -> attributeFirst ? ComparisonOperator.GT : ComparisonOperator.LT;
            case ">=" -> attributeFirst ? ComparisonOperator.GE : ComparisonOperator.LE;
            case BETWEEN -> ComparisonOperator.BETWEEN;
            case Functions.BEGINS_WITH -> ComparisonOperator.BEGINS_WITH;
            default -> throw new IllegalStateException("no operator of key conditions: " + operator);
        };
    }
}
