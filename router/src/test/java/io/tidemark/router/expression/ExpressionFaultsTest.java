package io.tidemark.router.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ErrorType;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** The faults of expressions, in the service's words. The rows are of a kind of expression, a text and what is answered. */
class ExpressionFaultsTest {
    private static final KeySchema SCHEMA =
            KeySchema.of(new KeyAttribute("pk", KeyType.S), new KeyAttribute("sk", KeyType.S));

    private final Expressions expressions = new Expressions(1 << 20);

    @ParameterizedTest(name = "{0}: {1}")
    @CsvFileSource(
            resources = {
                "condition-faults.txt",
                "update-faults.txt",
                "projection-faults.txt",
                "key-condition-faults.txt"
            },
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false)
    void aFaultIsToldInTheServicesWords(String kind, String text, String answer) {
        ApiException fault = catchThrowableOfType(ApiException.class, () -> read(kind, text));

        assertThat(fault).as("a fault in: " + text).isNotNull();
        assertThat(fault.type()).isEqualTo(ErrorType.VALIDATION);
        assertThat(fault.message()).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "condition, ConditionExpression",
        "filter, FilterExpression",
        "update, UpdateExpression",
        "projection, ProjectionExpression",
        "key, KeyConditionExpression"
    })
    void anExpressionIsNotEmpty(String kind, String parameter) {
        assertThatThrownBy(() -> read(kind, ""))
                .hasMessage("Invalid " + parameter + ": The expression can not be empty;");
        assertThatThrownBy(() -> read(kind, " "))
                .hasMessage("Invalid " + parameter + ": Syntax error; token: \"<EOF>\", near: \" \"");
    }

    private void read(String kind, String text) {
        Placeholders placeholders = Given.placeholders();
        switch (kind) {
            case "condition" -> expressions.condition(text, placeholders);
            case "filter" -> expressions.filter(text, placeholders);
            case "update" -> expressions.update(text, placeholders);
            case "projection" -> expressions.projection(text, placeholders);
            case "key" ->
                expressions.keyCondition(text, placeholders).predicates().bind(SCHEMA);
            default -> throw new IllegalArgumentException(kind);
        }
    }
}
