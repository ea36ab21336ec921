package io.tidemark.materializer.core;

import io.tidemark.schema.command.Command;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.expression.UpdateValue;
import java.util.List;

/**
 * Bounds the expression trees that a command may carry, so that no record can exhaust the stack or hold up a shard. What is
 * beyond them could not be written as text: DynamoDB admits 300 operators and functions, and 4 KB, in an expression.
 */
public final class ExpressionLimits {
    /** Nodes of a tree, the operands of conditions counted. */
    public static final int MAX_NODES = 4_096;

    private int nodes;

    private ExpressionLimits() {}

    static boolean admit(Command.ItemCommand command) {
        boolean conditionFits =
                command.condition().isEmpty() || admit(command.condition().get());
        return switch (command) {
            case Command.PutItem put -> conditionFits;
            case Command.DeleteItem delete -> conditionFits;
            case Command.UpdateItem update -> conditionFits && admit(update.update());
        };
    }

    /** Whether the condition may be evaluated: a command's is checked by the state machine, a filter's by who evaluates it. */
    public static boolean admit(Condition condition) {
        return new ExpressionLimits().fits(condition, 1);
    }

    static boolean admit(UpdateExpression update) {
        ExpressionLimits limits = new ExpressionLimits();
        for (UpdateAction action : update.actions()) {
            boolean fits = switch (action) {
                case UpdateAction.Set set -> limits.fits(set.value(), 1);
                case UpdateAction.Remove remove -> limits.fitsNodes(1);
                case UpdateAction.Add add -> limits.fitsNodes(1);
                case UpdateAction.Delete delete -> limits.fitsNodes(1);
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private boolean fitsNodes(int count) {
        nodes += count;
        return nodes <= MAX_NODES;
    }

    private boolean fits(Condition condition, int depth) {
        if (depth > Condition.MAX_DEPTH || !fitsNodes(1)) {
            return false;
        }
        return switch (condition) {
            case Condition.Compare compare -> fitsNodes(2);
            case Condition.Between between -> fitsNodes(3);
            case Condition.In in -> fitsNodes(1 + in.candidates().size());
            case Condition.AttributeExists exists -> fitsNodes(1);
            case Condition.AttributeNotExists absent -> fitsNodes(1);
            case Condition.HasType hasType -> fitsNodes(1);
            case Condition.BeginsWith begins -> fitsNodes(2);
            case Condition.Contains contains -> fitsNodes(2);
            case Condition.And and -> allFit(and.terms(), depth + 1);
            case Condition.Or or -> allFit(or.terms(), depth + 1);
            case Condition.Not not -> fits(not.term(), depth + 1);
        };
    }

    private boolean allFit(List<Condition> terms, int depth) {
        for (Condition term : terms) {
            if (!fits(term, depth)) {
                return false;
            }
        }
        return true;
    }

    private boolean fits(UpdateValue value, int depth) {
        if (depth > Condition.MAX_DEPTH || !fitsNodes(1)) {
            return false;
        }
        return switch (value) {
            case UpdateValue.Path path -> true;
            case UpdateValue.Literal literal -> true;
            case UpdateValue.IfNotExists absent -> fits(absent.otherwise(), depth + 1);
            case UpdateValue.ListAppend append -> fits(append.first(), depth + 1) && fits(append.second(), depth + 1);
            case UpdateValue.Plus plus -> fits(plus.left(), depth + 1) && fits(plus.right(), depth + 1);
            case UpdateValue.Minus minus -> fits(minus.left(), depth + 1) && fits(minus.right(), depth + 1);
        };
    }
}
