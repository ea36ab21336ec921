package io.tidemark.router.expression;

import io.tidemark.schema.expression.AttributeType;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.Operand;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.expression.UpdateValue;
import io.tidemark.schema.value.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Sound expressions: a text with what it means. Spaces, the case of keywords, placeholders and parentheses that may be left out
 * vary. The placeholders that the texts use are collected on the way.
 */
final class RandomExpressions {
    private static final int MAX_CONDITION_DEPTH = 4;
    private static final String[] SPACES = {" ", "  ", "\t", "\n", " \r\n "};
    private static final String[] NAMES = {"a", "bc", "D_1", "sizes", "x9", "notes"};
    private static final List<AttributeType> TYPES = List.of(AttributeType.values());
    private static final String[] COMPARATORS = {"=", "<>", "<", "<=", ">", ">="};

    /** A text and what it means. */
    record Text<T>(String text, T meaning) {}

    private final RandomGenerator random;
    private final Map<String, String> names = new TreeMap<>();
    private final Map<String, AttributeValue> values = new TreeMap<>();

    RandomExpressions(RandomGenerator random) {
        this.random = random;
    }

    /** For all texts made so far. */
    Placeholders placeholders() {
        return Placeholders.of(Map.copyOf(names), Map.copyOf(values));
    }

    Text<Condition> condition() {
        Text<Condition> condition = or(0);
        return new Text<>(maybeSpace() + condition.text() + maybeSpace(), condition.meaning());
    }

    private Text<Condition> or(int depth) {
        List<Text<Condition>> terms = terms(depth, this::and);
        return terms.size() == 1
                ? terms.getFirst()
                : new Text<>(
                        join("OR", terms),
                        new Condition.Or(terms.stream().map(Text::meaning).toList()));
    }

    private Text<Condition> and(int depth) {
        List<Text<Condition>> terms = terms(depth, this::not);
        return terms.size() == 1
                ? terms.getFirst()
                : new Text<>(
                        join("AND", terms),
                        new Condition.And(terms.stream().map(Text::meaning).toList()));
    }

    private interface Rule {
        Text<Condition> make(int depth);
    }

    private List<Text<Condition>> terms(int depth, Rule rule) {
        int count = depth < MAX_CONDITION_DEPTH && random.nextInt(3) == 0 ? random.nextInt(2, 4) : 1;
        List<Text<Condition>> terms = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            terms.add(rule.make(depth + 1));
        }
        return terms;
    }

    private Text<Condition> not(int depth) {
        if (random.nextInt(6) == 0) {
            Text<Condition> term = not(depth + 1);
            return new Text<>(keyword("NOT") + space() + term.text(), new Condition.Not(term.meaning()));
        }
        if (depth < MAX_CONDITION_DEPTH && random.nextInt(4) == 0) {
            Text<Condition> inner = or(depth + 1);
            return isInParentheses(inner.text())
                    ? inner
                    : new Text<>("(" + maybeSpace() + inner.text() + maybeSpace() + ")", inner.meaning());
        }
        return predicate();
    }

    /** Whether the first parenthesis closes with the last character. */
    private static boolean isInParentheses(String text) {
        if (!text.startsWith("(")) {
            return false;
        }
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return i == text.length() - 1;
            }
        }
        return false;
    }

    private Text<Condition> predicate() {
        return switch (random.nextInt(8)) {
            case 0 -> between();
            case 1 -> in();
            case 2 -> {
                Text<DocumentPath> path = path();
                yield call("attribute_exists", new Condition.AttributeExists(path.meaning()), path.text());
            }
            case 3 -> {
                Text<DocumentPath> path = path();
                yield call("attribute_not_exists", new Condition.AttributeNotExists(path.meaning()), path.text());
            }
            case 4 -> {
                Text<DocumentPath> path = path();
                AttributeType type = TYPES.get(random.nextInt(TYPES.size()));
                Text<Operand> name = literal(new AttributeValue.S(type.name()));
                yield call("attribute_type", new Condition.HasType(path.meaning(), type), path.text(), name.text());
            }
            case 5 -> {
                Text<Operand> value = pathOperand();
                Text<Operand> prefix = literal(new AttributeValue.S("x" + random.nextInt(9)));
                yield call(
                        "begins_with",
                        new Condition.BeginsWith(value.meaning(), prefix.meaning()),
                        value.text(),
                        prefix.text());
            }
            case 6 -> {
                Text<Operand> container = pathOperand();
                Text<Operand> element = literal(AttributeValue.N.of(random.nextInt(9)));
                yield call(
                        "contains",
                        new Condition.Contains(container.meaning(), element.meaning()),
                        container.text(),
                        element.text());
            }
            default -> comparison();
        };
    }

    private Text<Condition> comparison() {
        Text<Operand> left = operand();
        Text<Operand> right = literal(AttributeValue.N.of(random.nextInt(100)));
        String comparator = COMPARATORS[random.nextInt(COMPARATORS.length)];
        return new Text<>(
                left.text() + maybeSpace() + comparator + maybeSpace() + right.text(),
                new Condition.Compare(ConditionResolver.comparator(comparator), left.meaning(), right.meaning()));
    }

    private Text<Condition> between() {
        Text<Operand> value = operand();
        int bound = random.nextInt(100);
        Text<Operand> low = literal(AttributeValue.N.of(bound));
        Text<Operand> high = literal(AttributeValue.N.of(bound + random.nextInt(9)));
        return new Text<>(
                value.text()
                        + space()
                        + keyword("BETWEEN")
                        + space()
                        + low.text()
                        + space()
                        + keyword("AND")
                        + space()
                        + high.text(),
                new Condition.Between(value.meaning(), low.meaning(), high.meaning()));
    }

    private Text<Condition> in() {
        Text<Operand> value = operand();
        List<String> texts = new ArrayList<>();
        List<Operand> candidates = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            Text<Operand> candidate = literal(new AttributeValue.S("c" + i));
            texts.add(candidate.text());
            candidates.add(candidate.meaning());
        }
        return new Text<>(
                value.text() + space() + keyword("IN") + maybeSpace() + "("
                        + String.join(maybeSpace() + "," + maybeSpace(), texts) + ")",
                new Condition.In(value.meaning(), candidates));
    }

    private Text<Condition> call(String function, Condition meaning, String... operands) {
        return new Text<>(
                function + maybeSpace() + "(" + maybeSpace() + String.join(maybeSpace() + "," + maybeSpace(), operands)
                        + ")",
                meaning);
    }

    private Text<Operand> operand() {
        if (random.nextInt(5) == 0) {
            Text<DocumentPath> path = path();
            return maybeInParentheses(
                    new Text<>("size(" + maybeSpace() + path.text() + ")", new Operand.Size(path.meaning())));
        }
        return pathOperand();
    }

    private Text<Operand> pathOperand() {
        Text<DocumentPath> path = path();
        return maybeInParentheses(new Text<>(path.text(), new Operand.Path(path.meaning())));
    }

    private Text<Operand> literal(AttributeValue value) {
        String placeholder = ":" + (random.nextBoolean() ? "v" : "") + values.size();
        values.put(placeholder, value);
        return maybeInParentheses(new Text<>(placeholder, new Operand.Literal(value)));
    }

    private <T> Text<T> maybeInParentheses(Text<T> text) {
        return random.nextInt(8) == 0
                ? new Text<>("(" + maybeSpace() + text.text() + maybeSpace() + ")", text.meaning())
                : text;
    }

    private Text<DocumentPath> path() {
        return path(NAMES[random.nextInt(NAMES.length)]);
    }

    private Text<DocumentPath> path(String first) {
        List<DocumentPath.Element> elements = new ArrayList<>();
        StringBuilder text = new StringBuilder(name(elements, first));
        while (elements.size() < DocumentPath.MAX_DEPTH && random.nextInt(3) == 0) {
            if (random.nextBoolean()) {
                text.append('.').append(name(elements, NAMES[random.nextInt(NAMES.length)]));
            } else {
                int index = random.nextInt(random.nextBoolean() ? 10 : Integer.MAX_VALUE);
                elements.add(new DocumentPath.Index(index));
                text.append('[').append(index).append(']');
            }
        }
        return new Text<>(text.toString(), new DocumentPath(elements));
    }

    private String name(List<DocumentPath.Element> elements, String name) {
        if (random.nextInt(4) > 0) {
            elements.add(new DocumentPath.Attribute(name));
            return name;
        }
        String placeholder = "#" + (random.nextBoolean() ? "n" : "") + names.size();
        String odd = name + "\u00e4 .[" + names.size();
        names.put(placeholder, odd);
        elements.add(new DocumentPath.Attribute(odd));
        return placeholder;
    }

    Text<UpdateExpression> update() {
        List<String> sections = new ArrayList<>();
        List<UpdateAction> actions = new ArrayList<>();
        for (String section : List.of("SET", "REMOVE", "ADD", "DELETE")) {
            if (sections.isEmpty() || random.nextBoolean()) {
                List<String> texts = new ArrayList<>();
                for (int i = random.nextInt(1, 4); i > 0; i--) {
                    // Paths that begin differently never overlap.
                    texts.add(action(section, path("p" + actions.size()), actions));
                }
                sections.add(keyword(section) + space() + String.join(maybeSpace() + "," + maybeSpace(), texts));
            }
        }
        return new Text<>(String.join(space(), sections), new UpdateExpression(actions));
    }

    private String action(String section, Text<DocumentPath> path, List<UpdateAction> actions) {
        return switch (section) {
            case "SET" -> {
                Text<UpdateValue> value = assigned();
                actions.add(new UpdateAction.Set(path.meaning(), value.meaning()));
                yield path.text() + maybeSpace() + "=" + maybeSpace() + value.text();
            }
            case "REMOVE" -> {
                actions.add(new UpdateAction.Remove(path.meaning()));
                yield path.text();
            }
            case "ADD" -> {
                String placeholder = placeholder(AttributeValue.N.of(random.nextInt(9)));
                actions.add(new UpdateAction.Add(path.meaning(), values.get(placeholder)));
                yield path.text() + space() + placeholder;
            }
            default -> {
                String placeholder = placeholder(Given.value(":ss"));
                actions.add(new UpdateAction.Delete(path.meaning(), values.get(placeholder)));
                yield path.text() + space() + placeholder;
            }
        };
    }

    private Text<UpdateValue> assigned() {
        if (random.nextInt(3) > 0) {
            return updateOperand(true);
        }
        Text<UpdateValue> left = updateOperand(false);
        Text<UpdateValue> right = updateOperand(false);
        boolean plus = random.nextBoolean();
        String text = left.text() + maybeSpace() + (plus ? "+" : "-") + maybeSpace() + right.text();
        UpdateValue sum = plus
                ? new UpdateValue.Plus(left.meaning(), right.meaning())
                : new UpdateValue.Minus(left.meaning(), right.meaning());
        return maybeInParentheses(new Text<>(text, sum));
    }

    private Text<UpdateValue> updateOperand(boolean alone) {
        return switch (random.nextInt(alone ? 4 : 3)) {
            case 0 -> {
                Text<DocumentPath> path = path();
                yield new Text<>(path.text(), new UpdateValue.Path(path.meaning()));
            }
            case 1 -> number();
            case 2 -> {
                Text<DocumentPath> path = path();
                Text<UpdateValue> otherwise = number();
                yield new Text<>(
                        "if_not_exists(" + path.text() + "," + maybeSpace() + otherwise.text() + ")",
                        new UpdateValue.IfNotExists(path.meaning(), otherwise.meaning()));
            }
            default -> {
                Text<DocumentPath> path = path();
                String list = placeholder(Given.value(":l"));
                yield new Text<>(
                        "list_append(" + path.text() + maybeSpace() + "," + list + ")",
                        new UpdateValue.ListAppend(
                                new UpdateValue.Path(path.meaning()), new UpdateValue.Literal(values.get(list))));
            }
        };
    }

    private Text<UpdateValue> number() {
        String placeholder = placeholder(AttributeValue.N.of(random.nextInt(9)));
        return new Text<>(placeholder, new UpdateValue.Literal(values.get(placeholder)));
    }

    private String placeholder(AttributeValue value) {
        String placeholder = ":u" + values.size();
        values.put(placeholder, value);
        return placeholder;
    }

    private String join(String keyword, List<Text<Condition>> terms) {
        StringBuilder text = new StringBuilder();
        for (Text<Condition> term : terms) {
            text.append(text.isEmpty() ? "" : space() + keyword(keyword) + space())
                    .append(term.text());
        }
        return text.toString();
    }

    private String keyword(String keyword) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < keyword.length(); i++) {
            char c = keyword.charAt(i);
            text.append(random.nextBoolean() ? c : Character.toLowerCase(c));
        }
        return text.toString();
    }

    private String space() {
        return SPACES[random.nextInt(SPACES.length)];
    }

    private String maybeSpace() {
        return random.nextInt(3) == 0 ? space() : "";
    }
}
