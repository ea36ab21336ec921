package io.tidemark.router.expression;

import io.tidemark.router.error.ExpressionErrors;
import io.tidemark.router.expression.Syntax.Action;
import io.tidemark.router.expression.Syntax.Assigned;
import io.tidemark.schema.expression.AttributeType;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.expression.UpdateValue;
import io.tidemark.schema.value.AttributeValue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Set;

/**
 * Puts names and values in for the placeholders of an update, and checks its paths and operands: first the paths that change,
 * and whether they can go together, then the actions, the last one first.
 */
final class UpdateResolver {
    private static final Set<AttributeType> ADDED =
            EnumSet.of(AttributeType.N, AttributeType.SS, AttributeType.NS, AttributeType.BS);
    private static final Set<AttributeType> DELETED = EnumSet.of(AttributeType.SS, AttributeType.NS, AttributeType.BS);

    private final ExpressionErrors errors;
    private final Placeholders placeholders;
    private final PathResolver paths;
    private final Functions functions;
    private final OperatorCount operators;

    UpdateResolver(ExpressionErrors errors, Placeholders placeholders) {
        this.errors = errors;
        this.placeholders = placeholders;
        this.paths = new PathResolver(errors, placeholders);
        this.functions = new Functions(errors);
        this.operators = new OperatorCount(errors);
    }

    UpdateExpression resolve(List<Action> actions) {
        List<DocumentPath> changed = new ArrayList<>(
                paths.resolveDistinct(actions.stream().map(Action::path).toList()));
        LinkedList<UpdateAction> resolved = new LinkedList<>();
        for (int i = actions.size() - 1; i >= 0; i--) {
            resolved.addFirst(resolve(changed.get(i), actions.get(i)));
        }
        return new UpdateExpression(resolved);
    }

    private UpdateAction resolve(DocumentPath path, Action action) {
        return switch (action) {
            case Action.Set set -> new UpdateAction.Set(path, assigned(set.assigned()));
            case Action.Remove remove -> new UpdateAction.Remove(path);
            case Action.Add add -> new UpdateAction.Add(path, operand("ADD", ADDED, add.value()));
            case Action.Delete delete -> new UpdateAction.Delete(path, operand("DELETE", DELETED, delete.value()));
        };
    }

    private AttributeValue operand(String section, Set<AttributeType> types, Syntax.Value operand) {
        AttributeValue value = placeholders.value(errors, operand.placeholder());
        if (!types.contains(value.type())) {
            throw errors.sectionOperandType(section, longName(value.type()));
        }
        return value;
    }

    private static String longName(AttributeType type) {
        return switch (type) {
            case S -> "STRING";
            case N -> "NUMBER";
            case B -> "BINARY";
            case BOOL -> "BOOLEAN";
            case NULL -> "NULL";
            case L -> "LIST";
            case M -> "MAP";
            case SS -> "STRING_SET";
            case NS -> "NUMBER_SET";
            case BS -> "BINARY_SET";
        };
    }

    private UpdateValue assigned(Assigned assigned) {
        return switch (assigned) {
            case Assigned.Of of -> value(of.term());
            case Assigned.Sum sum -> sum(sum);
        };
    }

    private UpdateValue sum(Assigned.Sum sum) {
        UpdateValue left = value(sum.left());
        UpdateValue right = value(sum.right());
        requireType(sum.operator(), AttributeType.N, left);
        requireType(sum.operator(), AttributeType.N, right);
        operators.add(1);
        return sum.operator().equals("+") ? new UpdateValue.Plus(left, right) : new UpdateValue.Minus(left, right);
    }

    private UpdateValue value(Syntax.Term term) {
        return switch (term) {
            case Syntax.Path path -> new UpdateValue.Path(paths.resolve(path));
            case Syntax.Value value -> new UpdateValue.Literal(placeholders.value(errors, value.placeholder()));
            case Syntax.Call call -> call(call);
        };
    }

    private UpdateValue call(Syntax.Call call) {
        List<UpdateValue> operands = new ArrayList<>(call.operands().size());
        for (Syntax.Term operand : call.operands()) {
            operands.add(value(operand));
        }
        functions.requireOperandCount(call);
        UpdateValue first = operands.getFirst();
        UpdateValue second = operands.getLast();
        UpdateValue value = switch (call.function()) {
            case Functions.IF_NOT_EXISTS -> {
                if (!(first instanceof UpdateValue.Path path)) {
                    throw errors.pathRequired(call.function());
                }
                if (second.equals(first)) {
                    throw errors.operandsNotDistinct(call.function(), PathResolver.show(path.path()));
                }
                yield new UpdateValue.IfNotExists(path.path(), second);
            }
            case Functions.LIST_APPEND -> {
                requireType(call.function(), AttributeType.L, first);
                requireType(call.function(), AttributeType.L, second);
                yield new UpdateValue.ListAppend(first, second);
            }
            default -> throw new IllegalStateException("no function of updates: " + call.function());
        };
        operators.add(1);
        return value;
    }

    /** Of a constant: what else there is shows only with the item. */
    private void requireType(String operator, AttributeType type, UpdateValue operand) {
        if (operand instanceof UpdateValue.Literal literal && literal.value().type() != type) {
            throw errors.operandType(operator, literal.value().type().name());
        }
    }
}
