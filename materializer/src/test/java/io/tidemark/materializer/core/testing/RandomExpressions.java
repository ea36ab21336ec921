package io.tidemark.materializer.core.testing;

import io.tidemark.schema.expression.AttributeType;
import io.tidemark.schema.expression.Comparator;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.Operand;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.expression.UpdateValue;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Random condition and update trees over the vocabulary of {@link RandomItems}. */
final class RandomExpressions {
    private static final int MAX_DEPTH = 3;

    private final RandomGenerator random;
    private final RandomItems items;

    RandomExpressions(RandomGenerator random, RandomItems items) {
        this.random = random;
        this.items = items;
    }

    Condition condition() {
        return condition(MAX_DEPTH);
    }

    private Condition condition(int depth) {
        return switch (random.nextInt(depth > 0 ? 11 : 8)) {
            case 0 -> new Condition.Compare(items.pick(List.of(Comparator.values())), operand(), operand());
            case 1 -> new Condition.Between(operand(), operand(), operand());
            case 2 -> new Condition.In(operand(), List.of(operand(), operand()));
            case 3 -> new Condition.AttributeExists(path());
            case 4 -> new Condition.AttributeNotExists(path());
            case 5 -> new Condition.HasType(path(), items.pick(List.of(AttributeType.values())));
            case 6 -> new Condition.BeginsWith(operand(), operand());
            case 7 -> new Condition.Contains(operand(), operand());
            case 8 -> new Condition.And(List.of(condition(depth - 1), condition(depth - 1)));
            case 9 -> new Condition.Or(List.of(condition(depth - 1), condition(depth - 1)));
            default -> new Condition.Not(condition(depth - 1));
        };
    }

    private Operand operand() {
        return switch (random.nextInt(4)) {
            case 0 -> new Operand.Literal(items.value());
            case 1 -> new Operand.Size(path());
            default -> new Operand.Path(path());
        };
    }

    DocumentPath path() {
        List<DocumentPath.Element> elements = new ArrayList<>();
        elements.add(new DocumentPath.Attribute(items.name()));
        while (random.nextInt(3) == 0) {
            elements.add(
                    random.nextBoolean()
                            ? new DocumentPath.Attribute(items.name())
                            : new DocumentPath.Index(random.nextInt(4)));
        }
        return new DocumentPath(elements);
    }

    UpdateExpression update() {
        List<UpdateAction> actions = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            actions.add(action());
        }
        return new UpdateExpression(actions);
    }

    private UpdateAction action() {
        DocumentPath path = path();
        return switch (random.nextInt(6)) {
            case 0 -> new UpdateAction.Remove(path);
            case 1 -> new UpdateAction.Add(path, random.nextBoolean() ? items.number() : items.set());
            case 2 -> new UpdateAction.Delete(path, items.set());
            default -> new UpdateAction.Set(path, value(MAX_DEPTH));
        };
    }

    private UpdateValue value(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 4)) {
            case 0, 1, 2 -> new UpdateValue.Literal(items.value());
            case 3 -> new UpdateValue.Path(path());
            case 4 -> new UpdateValue.IfNotExists(path(), value(depth - 1));
            case 5 -> new UpdateValue.ListAppend(value(depth - 1), value(depth - 1));
            case 6, 7 -> new UpdateValue.Plus(number(), number());
            case 8 -> new UpdateValue.Minus(number(), number());
            default -> new UpdateValue.Literal(items.number());
        };
    }

    private UpdateValue number() {
        UpdateValue literal = new UpdateValue.Literal(items.number());
        return switch (random.nextInt(3)) {
            case 0 -> literal;
            case 1 -> new UpdateValue.Path(path());
            default -> new UpdateValue.IfNotExists(path(), literal);
        };
    }
}
