package io.tidemark.conformance.differential;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Texts of expressions: most of them mean something, some are damaged. */
final class ExpressionTexts {
    private static final List<String> COMPARATORS = List.of("=", "<>", "<", "<=", ">", ">=");
    private static final List<String> ODD_TOKENS = List.of(
            "(",
            ")",
            ",",
            "=",
            "<>",
            "<",
            "AND",
            "OR",
            "NOT",
            "BETWEEN",
            "IN",
            "SET",
            "REMOVE",
            "ADD",
            "DELETE",
            "+",
            "-",
            ".",
            "[0]",
            "[",
            "]",
            ":",
            "#",
            ":undefined",
            "#undefined",
            "size",
            "a",
            "name",
            "status",
            "attribute_exists",
            "begins_with(",
            "unknown_function(a)",
            "size(a)",
            "1",
            "'a'",
            "!=",
            "==",
            "*",
            "?",
            "é",
            "a.b",
            "a[1]",
            "a[-1]",
            "a..b",
            "a[99999999999]");

    private final Dice dice;
    private final Values values;
    private final Placeholders placeholders;

    ExpressionTexts(Dice dice, Placeholders placeholders) {
        this.dice = dice;
        this.values = new Values(dice);
        this.placeholders = placeholders;
    }

    String condition(TableShape table) {
        return damaged(logical(3, table));
    }

    private String logical(int depth, TableShape table) {
        if (depth == 0 || dice.chance(55)) {
            return comparison(table);
        }
        return switch (dice.below(4)) {
            case 0 -> logical(depth - 1, table) + keyword(" AND ") + logical(depth - 1, table);
            case 1 -> logical(depth - 1, table) + keyword(" OR ") + logical(depth - 1, table);
            case 2 -> keyword("NOT ") + logical(depth - 1, table);
            default -> "(" + logical(depth - 1, table) + ")";
        };
    }

    private String keyword(String text) {
        return dice.chance(85) ? text : text.toLowerCase(Locale.ROOT);
    }

    private String comparison(TableShape table) {
        return switch (dice.below(12)) {
            case 0 -> "attribute_exists(" + path(table) + ")";
            case 1 -> "attribute_not_exists(" + path(table) + ")";
            case 2 -> "attribute_type(" + path(table) + ", " + typeName() + ")";
            case 3 -> "begins_with(" + operand(table) + ", " + operand(table) + ")";
            case 4 -> "contains(" + operand(table) + ", " + operand(table) + ")";
            case 5 -> operand(table) + keyword(" BETWEEN ") + operand(table) + keyword(" AND ") + operand(table);
            case 6 -> operand(table) + keyword(" IN ") + "(" + list(1, 3, () -> operand(table)) + ")";
            case 7 ->
                "size(" + path(table) + ") " + dice.oneOf(COMPARATORS) + " " + placeholders.value(values.number());
            case 8 ->
                dice.oneOf("attribute_exists", "begins_with", "contains", "size", "attribute_type") + "("
                        + list(0, 3, () -> operand(table)) + ")";
            default -> typical(table);
        };
    }

    /** A path beside a value of the type that is there mostly. */
    private String typical(TableShape table) {
        String attribute = dice.oneOf(Names.ATTRIBUTES);
        return placeholders.name(attribute) + " " + dice.oneOf(COMPARATORS) + " "
                + (dice.chance(85) ? placeholders.value(values.usualOf(attribute)) : operand(table));
    }

    private String typeName() {
        return dice.chance(90)
                ? placeholders.value(
                        Values.of("S", dice.oneOf("S", "N", "B", "SS", "NS", "BS", "BOOL", "NULL", "L", "M", "X")))
                : placeholders.value(values.any(1));
    }

    private String operand(TableShape table) {
        return switch (dice.below(8)) {
            case 0, 1, 2 -> path(table);
            case 3 -> "size(" + path(table) + ")";
            default -> placeholders.value(dice.chance(97) ? values.any(2) : values.broken());
        };
    }

    String path(TableShape table) {
        StringBuilder path = new StringBuilder(
                placeholders.name(dice.chance(12) ? dice.oneOf(table.keyNames()) : dice.oneOf(Names.ATTRIBUTES)));
        while (dice.chance(30)) {
            if (dice.chance(50)) {
                path.append('.').append(placeholders.name(dice.oneOf(Names.NESTED)));
            } else {
                path.append('[').append(dice.below(4)).append(']');
            }
        }
        return path.toString();
    }

    String projection(TableShape table) {
        return damaged(list(1, 4, () -> path(table)));
    }

    String keyCondition(TableShape table) {
        String partition = placeholders.name(TableShape.PARTITION) + " "
                + (dice.chance(95) ? "=" : dice.oneOf(COMPARATORS)) + " " + keyOperand(table, TableShape.PARTITION);
        if (table.sortType().isEmpty() ? dice.chance(95) : dice.chance(30)) {
            return damaged(partition);
        }
        String sort = sortCondition(table);
        return damaged(dice.chance(85) ? partition + keyword(" AND ") + sort : sort + " AND " + partition);
    }

    private String keyOperand(TableShape table, String name) {
        String type = name.equals(TableShape.PARTITION)
                ? table.partitionType()
                : table.sortType().orElse("S");
        JsonNode value = dice.chance(94) ? values.keyValue(type) : dice.chance(80) ? values.any(1) : values.broken();
        return placeholders.value(value);
    }

    private String sortCondition(TableShape table) {
        String name = placeholders.name(dice.chance(97) ? TableShape.SORT : dice.oneOf(Names.ATTRIBUTES));
        Supplier<String> operand = () -> keyOperand(table, TableShape.SORT);
        return switch (dice.below(10)) {
            case 0 -> name + " BETWEEN " + operand.get() + " AND " + operand.get();
            case 1, 2 -> "begins_with(" + name + ", " + operand.get() + ")";
            case 3 ->
                dice.chance(80)
                        ? name + " = " + operand.get()
                        : dice.oneOf(
                                "contains(" + name + ", " + operand.get() + ")",
                                "attribute_exists(" + name + ")",
                                name + " <> " + operand.get(),
                                name + " IN (" + operand.get() + ")",
                                "NOT " + name + " = " + operand.get(),
                                "size(" + name + ") = " + operand.get());
            case 4 -> "(" + name + " >= " + operand.get() + ")";
            default -> name + " " + dice.oneOf("=", "<", "<=", ">", ">=") + " " + operand.get();
        };
    }

    String update(TableShape table) {
        List<String> clauses = new ArrayList<>();
        if (dice.chance(60)) {
            clauses.add(keyword("SET ") + list(1, 3, () -> setAction(table)));
        }
        if (dice.chance(30)) {
            clauses.add(keyword("REMOVE ") + list(1, 3, () -> path(table)));
        }
        if (dice.chance(25)) {
            clauses.add(keyword("ADD ") + list(1, 2, () -> addAction(table)));
        }
        if (dice.chance(20)) {
            clauses.add(keyword("DELETE ") + list(1, 2, () -> deleteAction(table)));
        }
        if (clauses.isEmpty()) {
            clauses.add("SET " + setAction(table));
        }
        java.util.Collections.shuffle(clauses, new java.util.Random(dice.below(Integer.MAX_VALUE)));
        return damaged(String.join(" ", clauses));
    }

    private String setAction(TableShape table) {
        if (dice.chance(35)) {
            String attribute = dice.oneOf(Names.ATTRIBUTES);
            return placeholders.name(attribute) + " = " + placeholders.value(values.usualOf(attribute));
        }
        String target = path(table);
        return target + " = "
                + switch (dice.below(6)) {
                    case 0 -> setOperand(table) + dice.oneOf(" + ", " - ", "+", "-") + setOperand(table);
                    case 1 -> "n " + dice.oneOf("+", "-") + " " + placeholders.value(values.number());
                    default -> setOperand(table);
                };
    }

    private String setOperand(TableShape table) {
        return switch (dice.below(9)) {
            case 0, 1 -> path(table);
            case 2 -> "if_not_exists(" + path(table) + ", " + simpleOperand(table) + ")";
            case 3 -> "list_append(" + listOperand(table) + ", " + listOperand(table) + ")";
            case 4 -> "if_not_exists(" + path(table) + ", " + placeholders.value(values.number()) + ")";
            default -> simpleOperand(table);
        };
    }

    private String listOperand(TableShape table) {
        return dice.chance(50) ? "l" : dice.chance(70) ? placeholders.value(values.usualOf("l")) : simpleOperand(table);
    }

    private String simpleOperand(TableShape table) {
        return dice.chance(30) ? path(table) : placeholders.value(dice.chance(97) ? values.any(2) : values.broken());
    }

    private String addAction(TableShape table) {
        String attribute = dice.oneOf("n", "ss", "ns", "bs", "n");
        return dice.chance(75)
                ? attribute + " " + placeholders.value(values.usualOf(attribute))
                : path(table) + " " + placeholders.value(values.any(1));
    }

    private String deleteAction(TableShape table) {
        String attribute = dice.oneOf("ss", "ns", "bs");
        return dice.chance(75)
                ? attribute + " " + placeholders.value(values.usualOf(attribute))
                : path(table) + " " + placeholders.value(values.any(1));
    }

    private String list(int least, int most, Supplier<String> element) {
        return Stream.generate(element)
                .limit(dice.between(least, most))
                .collect(Collectors.joining(dice.oneOf(", ", ",", " , ")));
    }

    /** One in twelve with a token lost, doubled or put in. */
    private String damaged(String text) {
        if (!dice.chance(8)) {
            return text;
        }
        List<String> tokens = new ArrayList<>(List.of(text.split("(?<=[ (),.\\[\\]])|(?=[ (),.\\[\\]])")));
        int index = dice.below(tokens.size());
        switch (dice.below(6)) {
            case 0 -> tokens.remove(index);
            case 1 -> tokens.add(index, tokens.get(index));
            case 2 -> tokens.add(index, " " + dice.oneOf(ODD_TOKENS) + " ");
            case 3 -> tokens.set(index, dice.oneOf(ODD_TOKENS));
            case 4 -> tokens.subList(index, tokens.size()).clear();
            default -> {
                return dice.oneOf("", " ", "(" + text + ")", "((" + text + "))", text + " AND " + text, "a", ":v0");
            }
        }
        return String.join("", tokens);
    }
}
