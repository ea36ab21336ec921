package io.tidemark.router.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tidemark.schema.expression.Comparator;
import io.tidemark.schema.expression.SortKeyCondition;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.value.AttributeValue;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyConditionTest {
    private static final AttributeValue S = Given.value(":s");
    private static final AttributeValue S2 = Given.value(":s2");
    private static final KeySchema SIMPLE = KeySchema.of(new KeyAttribute("a", KeyType.S));
    private static final KeySchema COMPOSITE =
            KeySchema.of(new KeyAttribute("a", KeyType.S), new KeyAttribute("b", KeyType.S));

    private final Expressions expressions = new Expressions(1 << 20);

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aTextSelectsAPartitionAndARangeOfSortKeys(String text, Optional<SortKeyCondition> sort) {
        assertThat(bind(text, COMPOSITE)).isEqualTo(new KeyCondition(S, sort));
    }

    static Stream<Arguments> aTextSelectsAPartitionAndARangeOfSortKeys() {
        return Stream.of(
                arguments("a = :s", Optional.empty()),
                arguments(":s = a", Optional.empty()),
                arguments("#a = :s", Optional.empty()),
                arguments("((a) = (:s))", Optional.empty()),
                arguments("a = :s and b = :s2", compare(Comparator.EQ)),
                arguments("b = :s2 and :s = a", compare(Comparator.EQ)),
                arguments("((b = :s2) AND (a = :s))", compare(Comparator.EQ)),
                arguments("a = :s and b < :s2", compare(Comparator.LT)),
                arguments("a = :s and b <= :s2", compare(Comparator.LE)),
                arguments("a = :s and b > :s2", compare(Comparator.GT)),
                arguments("a = :s and b >= :s2", compare(Comparator.GE)),
                arguments("a = :s and :s2 < b", compare(Comparator.GT)),
                arguments("a = :s and :s2 <= b", compare(Comparator.GE)),
                arguments("a = :s and :s2 > b", compare(Comparator.LT)),
                arguments("a = :s and :s2 >= b", compare(Comparator.LE)),
                arguments("a = :s and begins_with(b, :s2)", Optional.of(new SortKeyCondition.BeginsWith(S2))),
                arguments("a = :s and b between :s2 and :s", Optional.of(new SortKeyCondition.Between(S2, S))));
    }

    private static Optional<SortKeyCondition> compare(Comparator comparator) {
        return Optional.of(new SortKeyCondition.Compare(comparator, S2));
    }

    @Test
    void aTableWithoutSortKeyTakesOneCondition() {
        assertThat(bind("a = :s", SIMPLE)).isEqualTo(new KeyCondition(S, Optional.empty()));
        assertThatThrownBy(() -> bind("a = :s and b = :s2", SIMPLE))
                .hasMessage("The number of query conditions (2) exceeds the number of key attributes defined in the"
                        + " schema (1)");
        assertThatThrownBy(() -> bind("b = :s2", SIMPLE)).hasMessage("Query condition missed key schema element: a");
    }

    @Test
    void whatIsWrongOnlyForKeysWaitsUntilItIsAskedFor() {
        KeyConditionExpression expression = expressions.keyCondition("attribute_exists(a)", Given.placeholders());

        assertThatThrownBy(expression::predicates)
                .hasMessage("Invalid operator used in KeyConditionExpression: attribute_exists");
    }

    @Test
    void aFilterOfAQueryLeavesKeyAttributesAlone() {
        assertThatCode(() -> KeyAttributeRules.requireNoKeys(
                        COMPOSITE,
                        expressions.filter("c = :s and d.a = :s", Given.placeholders()),
                        "Filter Expression"))
                .doesNotThrowAnyException();
        for (String text :
                new String[] {"c = :s and b = :s2", "not size(b) = :n", "c in (:s, b)", "begins_with(b, :s)"}) {
            assertThatThrownBy(() -> KeyAttributeRules.requireNoKeys(
                            COMPOSITE, expressions.filter(text, Given.placeholders()), "Filter Expression"))
                    .as(text)
                    .hasMessage("Filter Expression can only contain non-primary key attributes:"
                            + " Primary key attribute: b");
        }
    }

    @Test
    void nothingIsInsideAKeyAttribute() {
        for (String text : new String[] {"attribute_exists(a.c)", "c = :s and #a[0] = :s", "size(a.b) = :n"}) {
            assertThatThrownBy(() ->
                            KeyAttributeRules.requireScalarKeys(SIMPLE, expressions.filter(text, Given.placeholders())))
                    .as(text)
                    .hasMessage("Key attributes must be scalars; list random access '[]' and map lookup '.' are not"
                            + " allowed: Key: a");
        }
        assertThatThrownBy(() -> KeyAttributeRules.requireScalarKeys(
                        COMPOSITE, expressions.projection("c, b.a", Given.placeholders())))
                .hasMessageEndingWith("Key: b");
        assertThatCode(() -> KeyAttributeRules.requireScalarKeys(
                        COMPOSITE, expressions.projection("a, b, c.a", Given.placeholders())))
                .doesNotThrowAnyException();
    }

    @Test
    void noUpdateTouchesTheKey() {
        for (String text : new String[] {"set c = :n, b = :n", "remove c, b.x", "add b :n", "delete b :ss"}) {
            assertThatThrownBy(() -> KeyAttributeRules.requireKeysUnchanged(
                            COMPOSITE, expressions.update(text, Given.placeholders())))
                    .as(text)
                    .hasMessage(
                            "One or more parameter values were invalid: Cannot update attribute b. This attribute is"
                                    + " part of the key");
        }
        assertThatCode(() -> KeyAttributeRules.requireKeysUnchanged(
                        COMPOSITE, expressions.update("set c = a, d.b = b", Given.placeholders())))
                .doesNotThrowAnyException();
    }

    @Test
    void noUpdateReadsWhatIsInsideAKeyAttribute() {
        for (String text : new String[] {"set c = b.x", "set c = if_not_exists(b[0], :n)", "set c = d + b.x"}) {
            assertThatThrownBy(() -> KeyAttributeRules.requireScalarKeys(
                            COMPOSITE, expressions.update(text, Given.placeholders())))
                    .as(text)
                    .hasMessageEndingWith("Key: b");
        }
    }

    private KeyCondition bind(String text, KeySchema schema) {
        return expressions.keyCondition(text, Given.placeholders()).predicates().bind(schema);
    }
}
