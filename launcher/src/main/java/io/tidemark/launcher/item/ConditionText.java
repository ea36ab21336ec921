package io.tidemark.launcher.item;

import io.tidemark.schema.expression.Comparator;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.Operand;
import io.tidemark.schema.expression.SortKeyCondition;
import io.tidemark.schema.key.KeyAttribute;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Conditions as they are written on a command line: {@code path>=value}. */
public final class ConditionText {
    private static final Map<String, Comparator> COMPARATORS = Map.of(
            "=", Comparator.EQ,
            "!=", Comparator.NE,
            "<>", Comparator.NE,
            "<", Comparator.LT,
            "<=", Comparator.LE,
            ">", Comparator.GT,
            ">=", Comparator.GE);

    private static final Pattern COMPARISON = Pattern.compile("([^=<>!]+?)(!=|<>|<=|>=|=|<|>)(.*)", Pattern.DOTALL);
    private static final Pattern SORT = Pattern.compile("(<=|>=|=|<|>)?(.*)", Pattern.DOTALL);

    private ConditionText() {}

    /** @throws InvalidInputException if the text is no comparison */
    public static Condition comparison(String text) {
        Matcher matcher = COMPARISON.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidInputException(
                    "'" + text + "' is no condition; conditions look like status=open, count>=3 or name!=x");
        }
        return new Condition.Compare(
                comparator(matcher.group(2)),
                new Operand.Path(PathText.parse(matcher.group(1))),
                Operand.literal(ItemJson.value(matcher.group(3))));
    }

    /** @param text a value, after a comparison sign if it is not for equality */
    public static SortKeyCondition sortKey(KeyAttribute attribute, String text) {
        Matcher matcher = SORT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalStateException("matches every text: " + text);
        }
        String sign = matcher.group(1) == null ? "=" : matcher.group(1);
        return new SortKeyCondition.Compare(comparator(sign), KeyText.value(attribute, matcher.group(2)));
    }

    /** All of them; empty if there is none. */
    public static Optional<Condition> all(List<Condition> terms) {
        return switch (terms.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(terms.getFirst());
            default -> Optional.of(new Condition.And(terms));
        };
    }

    private static Comparator comparator(String sign) {
        Comparator comparator = COMPARATORS.get(sign);
        if (comparator == null) {
            throw new IllegalStateException("no comparison: " + sign);
        }
        return comparator;
    }
}
