package io.tidemark.router.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ValueWording;
import io.tidemark.schema.expression.Comparator;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.Operand;
import io.tidemark.schema.value.AttributeValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholdersTest {
    private final ObjectMapper json = new ObjectMapper();
    private final Expressions expressions = new Expressions(1 << 20);

    @ParameterizedTest(name = "names {0}, values {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | {} | ExpressionAttributeNames must not be empty",
                "null | {} | ExpressionAttributeValues must not be empty",
                "{\"a\":\"x\"} | {} | ExpressionAttributeNames contains invalid key: Syntax error; key: \"a\"",
                "{\"#\":\"x\"} | {} | ExpressionAttributeNames contains invalid key: Syntax error; key: \"#\"",
                "{\"#a-b\":\"x\"} | null | ExpressionAttributeNames contains invalid key: Syntax error; key: \"#a-b\"",
                "{\"#ä\":\"x\"} | null | ExpressionAttributeNames contains invalid key: Syntax error; key: \"#ä\"",
                "{\"#a\":\"\"} | null | ExpressionAttributeNames contains invalid value: Empty attribute name for key #a",
                "{\"\":\"x\"} | null | ExpressionAttributeNames contains invalid key: The expression attribute map contains an"
                        + " empty key;",
                "{\"#a\":null} | null | ExpressionAttributeNames contains invalid value: null for key #a",
                "null | {\"a\":{\"S\":\"x\"}} | ExpressionAttributeValues contains invalid key: Syntax error; key: \"a\"",
                "null | {\":\":{\"S\":\"x\"}} | ExpressionAttributeValues contains invalid key: Syntax error; key: \":\"",
                "null | {\":a\":{\"N\":\"x\"}} | ExpressionAttributeValues contains invalid value: not a text for key :a",
                "null | {\":b\":{\"N\":\"x\"},\"b\":{\"S\":\"x\"}}"
                        + " | ExpressionAttributeValues contains invalid key: Syntax error; key: \"b\""
            })
    void whatIsNoPlaceholderOrStandsForNothingIsRefused(String names, String values, String answer) {
        assertThatThrownBy(() -> placeholders(names, values))
                .isInstanceOf(ApiException.class)
                .hasMessage(answer);
    }

    @Test
    void aPlaceholderHasAtMost255Bytes() {
        String longest = "a".repeat(254);

        assertThatCode(() -> placeholders("{\"#" + longest + "\":\"x\"}", "{\":" + longest + "\":{\"S\":\"x\"}}"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> placeholders("{\"#a-" + longest + "\":\"x\"}", "null"))
                .hasMessage("ExpressionAttributeNames contains invalid key: The expression attribute map contains a key"
                        + " that is too long; size of key: 257");
        assertThatThrownBy(() -> placeholders("null", "{\":a" + longest + "\":{\"S\":\"x\"}}"))
                .hasMessage(
                        "ExpressionAttributeValues contains invalid key: The expression attribute map contains a key"
                                + " that is too long;");
    }

    @Test
    void aNameHasLessThan64Kilobytes() {
        assertThatCode(() -> placeholders("{\"#a\":\"" + "x".repeat(65_535) + "\"}", "null"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> placeholders("{\"#a\":\"" + "x".repeat(65_536) + "\"}", "null"))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("65536");
    }

    @Test
    void allNamesAndAllValuesHaveAtMost2Megabytes() {
        String half = "x".repeat(1_048_576 - 2);

        assertThatCode(() -> placeholders("null", "{\":a\":{\"S\":\"" + half + "\"},\":b\":{\"S\":\"" + half + "\"}}"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() ->
                        placeholders("null", "{\":a\":{\"S\":\"" + half + "\"},\":b\":{\"S\":\"x" + half + "\"}}"))
                .hasMessage("ExpressionAttributeValues exceeds max size");
    }

    @Test
    void allMustBeUsedByOneOfTheExpressions() {
        Placeholders placeholders =
                placeholders("{\"#a\":\"x\",\"#b\":\"y\"}", "{\":a\":{\"S\":\"x\"},\":b\":{\"S\":\"y\"}}");

        expressions.update("SET #a = :a", placeholders);
        assertThatThrownBy(placeholders::requireAllUsed)
                .hasMessage("Value provided in ExpressionAttributeNames unused in expressions: keys: {#b}");

        expressions.condition("attribute_exists(#b)", placeholders);
        assertThatThrownBy(placeholders::requireAllUsed)
                .hasMessage("Value provided in ExpressionAttributeValues unused in expressions: keys: {:b}");

        expressions.condition("#b = :b", placeholders);
        assertThatCode(placeholders::requireAllUsed).doesNotThrowAnyException();
    }

    @Test
    void aTextReadBeforeUsesThePlaceholdersOfEachRequest() {
        expressions.condition("#a = :a", placeholders("{\"#a\":\"x\"}", "{\":a\":{\"S\":\"x\"}}"));
        Placeholders other = placeholders("{\"#a\":\"y\"}", "{\":a\":{\"S\":\"z\"}}");

        assertThat(expressions.condition("#a = :a", other))
                .isEqualTo(new Condition.Compare(
                        Comparator.EQ, Operand.path("y"), Operand.literal(new AttributeValue.S("z"))));
        assertThatCode(other::requireAllUsed).doesNotThrowAnyException();
        assertThatThrownBy(() -> expressions.condition("#a = :a", Placeholders.none()))
                .hasMessage("Invalid ConditionExpression: An expression attribute name used in the document path is not"
                        + " defined; attribute name: #a");
    }

    @Test
    void onlyTheOlderWordingSaysWhoseValueIsWrong() {
        JsonNode values = read("{\":a\":{\"N\":\"x\"}}");

        assertThatThrownBy(() -> Placeholders.of(null, values, PlaceholdersTest::text, ValueWording.CURRENT))
                .hasMessage("not a text");
        assertThatThrownBy(() -> Placeholders.of(null, values, PlaceholdersTest::text, ValueWording.OLDER))
                .hasMessage("ExpressionAttributeValues contains invalid value: not a text for key :a");
    }

    private Placeholders placeholders(String names, String values) {
        return Placeholders.of(read(names), read(values), PlaceholdersTest::text, ValueWording.OLDER);
    }

    private JsonNode read(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static AttributeValue text(JsonNode value) {
        if (!value.hasNonNull("S")) {
            throw ApiException.validation("not a text");
        }
        return new AttributeValue.S(value.get("S").asText());
    }
}
