package io.tidemark.router.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tidemark.router.expression.KeyCondition;
import io.tidemark.schema.expression.Comparator;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.Operand;
import io.tidemark.schema.expression.SortKeyCondition;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.value.AttributeValue;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LegacyConditionsTest {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final DocumentPath PATH = DocumentPath.of("a");
    private static final Operand A = Operand.path("a");
    private static final Operand X = Operand.literal(new AttributeValue.S("x"));
    private static final Operand Y = Operand.literal(new AttributeValue.S("y"));
    private static final Condition IS_X = new Condition.Compare(Comparator.EQ, A, X);

    private final LegacyConditions conditions = new LegacyConditions(LegacyJson::value);

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void anOperatorBecomesItsTree(String operator, String values, Condition tree) {
        String entry = "{'a':{'ComparisonOperator':'" + operator + "','AttributeValueList':" + values + "}}";

        assertThat(filter(entry, "")).contains(tree);
        assertThat(expected(entry, "")).contains(tree);
    }

    static Stream<Arguments> anOperatorBecomesItsTree() {
        String x = "[{'S':'x'}]";
        Condition contains = new Condition.Contains(A, X);
        return Stream.of(
                arguments("EQ", x, IS_X),
                arguments("EQ", "[{'L':[]}]", compare(Comparator.EQ, new AttributeValue.L(List.of()))),
                arguments("NE", x, compare(Comparator.NE, new AttributeValue.S("x"))),
                arguments("NE", "[{'BOOL':true}]", compare(Comparator.NE, new AttributeValue.Bool(true))),
                arguments("LT", x, compare(Comparator.LT, new AttributeValue.S("x"))),
                arguments("LE", x, compare(Comparator.LE, new AttributeValue.S("x"))),
                arguments("GT", x, compare(Comparator.GT, new AttributeValue.S("x"))),
                arguments("GE", "[{'N':'7'}]", compare(Comparator.GE, AttributeValue.N.of(7))),
                arguments("BETWEEN", "[{'S':'x'},{'S':'y'}]", new Condition.Between(A, X, Y)),
                arguments("BETWEEN", "[{'S':'x'},{'S':'x'}]", new Condition.Between(A, X, X)),
                arguments("IN", "[{'S':'x'},{'S':'y'}]", new Condition.In(A, List.of(X, Y))),
                arguments("NOT_NULL", "[]", new Condition.AttributeExists(PATH)),
                arguments("NULL", "[]", new Condition.AttributeNotExists(PATH)),
                arguments("CONTAINS", x, contains),
                arguments(
                        "CONTAINS",
                        "[{'BOOL':true}]",
                        new Condition.Contains(A, Operand.literal(new AttributeValue.Bool(true)))),
                arguments("BEGINS_WITH", x, new Condition.BeginsWith(A, X)),
                // Of an attribute that is absent neither this nor CONTAINS is true.
                arguments(
                        "NOT_CONTAINS",
                        x,
                        new Condition.And(List.of(new Condition.AttributeExists(PATH), new Condition.Not(contains)))));
    }

    private static Condition compare(Comparator comparator, AttributeValue value) {
        return new Condition.Compare(comparator, A, Operand.literal(value));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'EQ' | Invalid number of argument(s) for the EQ ComparisonOperator",
                "'NE','AttributeValueList':[] | Invalid number of argument(s) for the NE ComparisonOperator",
                "'GT','AttributeValueList':[{'S':'x'},{'S':'y'}]"
                        + " | Invalid number of argument(s) for the GT ComparisonOperator",
                "'IN','AttributeValueList':[] | Invalid number of argument(s) for the IN ComparisonOperator",
                "'NULL','AttributeValueList':[{'S':'x'}]"
                        + " | Invalid number of argument(s) for the NULL ComparisonOperator",
                "'NOT_NULL','AttributeValueList':[{'S':'x'}]"
                        + " | Invalid number of argument(s) for the NOT_NULL ComparisonOperator",
                "'BETWEEN','AttributeValueList':[{'S':'x'}]"
                        + " | Invalid number of argument(s) for the BETWEEN ComparisonOperator",
                "'IN','AttributeValueList':[{'S':'x'},{'N':'1'}]"
                        + " | AttributeValues inside AttributeValueList must be of same type",
                "'BETWEEN','AttributeValueList':[{'S':'x'},{'N':'1'}]"
                        + " | AttributeValues inside AttributeValueList must be of same type",
                "'LT','AttributeValueList':[{'BOOL':true}]"
                        + " | ComparisonOperator LT is not valid for BOOL AttributeValue type",
                "'IN','AttributeValueList':[{'L':[]}]"
                        + " | ComparisonOperator IN is not valid for L AttributeValue type",
                "'BETWEEN','AttributeValueList':[{'SS':['x']},{'SS':['x']}]"
                        + " | ComparisonOperator BETWEEN is not valid for SS AttributeValue type",
                "'CONTAINS','AttributeValueList':[{'M':{}}]"
                        + " | ComparisonOperator CONTAINS is not valid for M AttributeValue type",
                "'NOT_CONTAINS','AttributeValueList':[{'L':[]}]"
                        + " | ComparisonOperator NOT_CONTAINS is not valid for L AttributeValue type",
                "'BEGINS_WITH','AttributeValueList':[{'N':'1'}]"
                        + " | ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type"
            })
    void whatAnOperatorDoesNotTakeIsRefused(String entry, String answer) {
        String parameter = "{'a':{'ComparisonOperator':" + entry + "}}";

        assertThatThrownBy(() -> filter(parameter, "")).hasMessage(INVALID + answer);
        assertThatThrownBy(() -> conditions.keyConditions(LegacyJson.read(parameter)))
                .hasMessage(INVALID + answer);
    }

    @Test
    void boundsAreInOrder() {
        assertThatThrownBy(() -> filter(
                        "{'a':{'ComparisonOperator':'BETWEEN','AttributeValueList':[{'N':'10'},{'N':'9'}]}}", ""))
                .hasMessage("The BETWEEN condition was provided a range where the lower bound is greater than the upper"
                        + " bound");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | Value must be provided when Exists is null for Attribute: a",
                "{'Exists':true} | Value must be provided when Exists is true for Attribute: a",
                "{'Exists':false,'Value':{'S':'x'}} | Value cannot be used when Exists is false for Attribute: a",
                "{'ComparisonOperator':'LT'}"
                        + " | Value or AttributeValueList must be used with ComparisonOperator: LT for Attribute: a",
                "{'Exists':true,'ComparisonOperator':'LT'}"
                        + " | Exists and ComparisonOperator cannot be used together for Attribute: a",
                "{'AttributeValueList':[{'S':'x'}],'Value':{'S':'x'},'ComparisonOperator':'LT'}"
                        + " | Value and AttributeValueList cannot be used together for Attribute: a",
                "{'AttributeValueList':[{'S':'x'}]}"
                        + " | AttributeValueList can only be used with a ComparisonOperator for Attribute: a",
                "{'Exists':true,'AttributeValueList':[{'S':'x'}]}"
                        + " | AttributeValueList can only be used with a ComparisonOperator for Attribute: a",
                "{'Value':{'S':'x'},'ComparisonOperator':'NULL'}"
                        + " | Invalid number of argument(s) for the NULL ComparisonOperator",
                "{'Value':{'S':'x'},'ComparisonOperator':'BETWEEN'}"
                        + " | Invalid number of argument(s) for the BETWEEN ComparisonOperator"
            })
    void whatIsExpectedIsSaidInOneWay(String entry, String answer) {
        assertThatThrownBy(() -> expected("{'a':" + entry + "}", "")).hasMessage(INVALID + answer);
    }

    @Test
    void expectedTakesAValueOrItsAbsence() {
        assertThat(expected("{'a':{'Value':{'S':'x'}}}", "")).contains(IS_X);
        assertThat(expected("{'a':{'Exists':true,'Value':{'S':'x'}}}", "")).contains(IS_X);
        assertThat(expected("{'a':{'Value':{'S':'x'},'ComparisonOperator':'EQ'}}", ""))
                .contains(IS_X);
        assertThat(expected("{'a':{'Exists':false}}", "")).contains(new Condition.AttributeNotExists(PATH));
        assertThat(expected("{'a':{'ComparisonOperator':'NULL'}}", ""))
                .contains(new Condition.AttributeNotExists(PATH));
        assertThat(expected("{}", "")).isEmpty();
        assertThat(expected("", "")).isEmpty();
    }

    @Test
    void conditionsAreAllMetUnlessOneIsEnough() {
        String two = "{'a':{'Value':{'S':'x'}},'b':{'Exists':false}}";
        List<Condition> terms = List.of(IS_X, new Condition.AttributeNotExists(DocumentPath.of("b")));

        assertThat(expected(two, "")).contains(new Condition.And(terms));
        assertThat(expected(two, "'AND'")).contains(new Condition.And(terms));
        assertThat(expected(two, "'OR'")).contains(new Condition.Or(terms));
    }

    @Test
    void aNameIsNoPath() {
        assertThat(filter("{'a.b[0]':{'ComparisonOperator':'NULL'}}", ""))
                .contains(new Condition.AttributeNotExists(DocumentPath.of("a.b[0]")));
    }

    @Test
    void inTakesMoreCandidatesThanOneNodeOfTheTree() {
        String values = String.join(",", Collections.nCopies(250, "{'S':'x'}"));
        Optional<Condition> condition =
                filter("{'a':{'ComparisonOperator':'IN','AttributeValueList':[" + values + "]}}", "");

        assertThat(condition)
                .contains(new Condition.Or(List.of(
                        new Condition.In(A, Collections.nCopies(100, X)),
                        new Condition.In(A, Collections.nCopies(100, X)),
                        new Condition.In(A, Collections.nCopies(50, X)))));
    }

    @Test
    void keyConditionsSelectAPartitionAndARangeOfSortKeys() {
        KeySchema schema = KeySchema.of(new KeyAttribute("a", KeyType.S), new KeyAttribute("b", KeyType.N));
        AttributeValue x = new AttributeValue.S("x");

        assertThat(keyCondition("{'a':{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'x'}]}}", schema))
                .isEqualTo(new KeyCondition(x, Optional.empty()));
        assertThat(keyCondition(
                        "{'b':{'ComparisonOperator':'BETWEEN','AttributeValueList':[{'N':'1'},{'N':'2'}]},"
                                + "'a':{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'x'}]}}",
                        schema))
                .isEqualTo(new KeyCondition(
                        x, Optional.of(new SortKeyCondition.Between(AttributeValue.N.of(1), AttributeValue.N.of(2)))));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | Conditions can be of length 1 or 2 only",
                "{'a':{'ComparisonOperator':'NULL'},'b':{'ComparisonOperator':'NULL'},'c':{'ComparisonOperator':'NULL'}}"
                        + " | Conditions can be of length 1 or 2 only",
                "{'b':{'ComparisonOperator':'EQ','AttributeValueList':[{'N':'1'}]}}"
                        + " | Query condition missed key schema element: a",
                "{'a':{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'x'}]},"
                        + "'c':{'ComparisonOperator':'EQ','AttributeValueList':[{'N':'1'}]}}"
                        + " | Query condition missed key schema element: b",
                "{'a':{'ComparisonOperator':'GT','AttributeValueList':[{'S':'x'}]}}"
                        + " | Query key condition not supported",
                "{'a':{'ComparisonOperator':'NE','AttributeValueList':[{'S':'x'}]}}"
                        + " | Attempted conditional constraint is not an indexable operation",
                "{'a':{'ComparisonOperator':'EQ','AttributeValueList':[{'N':'1'}]}} | One or more parameter values were"
                        + " invalid: Condition parameter type does not match schema type",
                "{'a':{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'x'}]},"
                        + "'b':{'ComparisonOperator':'LT','AttributeValueList':[{'S':'1'}]}} | One or more parameter"
                        + " values were invalid: Condition parameter type does not match schema type"
            })
    void whatNoKeyCanBeAskedIsRefused(String keyConditions, String answer) {
        KeySchema schema = KeySchema.of(new KeyAttribute("a", KeyType.S), new KeyAttribute("b", KeyType.N));

        assertThatThrownBy(() -> keyCondition(keyConditions, schema)).hasMessage(answer);
    }

    private KeyCondition keyCondition(String text, KeySchema schema) {
        return conditions.keyConditions(LegacyJson.read(text)).bind(schema);
    }

    private Optional<Condition> filter(String filter, String conditionalOperator) {
        return conditions.filter(LegacyJson.read(filter), LegacyJson.read(conditionalOperator));
    }

    private Optional<Condition> expected(String expected, String conditionalOperator) {
        return conditions.expected(LegacyJson.read(expected), LegacyJson.read(conditionalOperator));
    }
}
