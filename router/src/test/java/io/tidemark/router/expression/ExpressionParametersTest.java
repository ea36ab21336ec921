package io.tidemark.router.expression;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionParametersTest {
    private static final String MIXED =
            "Can not use both expression and non-expression parameters in the same request: ";

    private final ObjectMapper json = new ObjectMapper();

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT_ITEM | Expected ConditionExpression | {Expected} | {ConditionExpression}",
                "PUT_ITEM | ConditionalOperator ConditionExpression | {ConditionalOperator} | {ConditionExpression}",
                "DELETE_ITEM | ConditionExpression ConditionalOperator Expected | {Expected, ConditionalOperator}"
                        + " | {ConditionExpression}",
                "UPDATE_ITEM | ConditionExpression UpdateExpression ConditionalOperator Expected AttributeUpdates"
                        + " | {AttributeUpdates, Expected, ConditionalOperator} | {UpdateExpression, ConditionExpression}",
                "UPDATE_ITEM | AttributeUpdates ConditionExpression | {AttributeUpdates} | {ConditionExpression}",
                "GET_ITEM | ProjectionExpression AttributesToGet | {AttributesToGet} | {ProjectionExpression}",
                "SCAN | FilterExpression ProjectionExpression ConditionalOperator ScanFilter AttributesToGet"
                        + " | {AttributesToGet, ScanFilter, ConditionalOperator}"
                        + " | {ProjectionExpression, FilterExpression}",
                "QUERY | KeyConditions QueryFilter AttributesToGet ConditionalOperator FilterExpression"
                        + " | {AttributesToGet, QueryFilter, ConditionalOperator} | {FilterExpression}",
                "QUERY | KeyConditions KeyConditionExpression | {KeyConditions} | {KeyConditionExpression}",
                "QUERY | KeyConditions QueryFilter ConditionalOperator KeyConditionExpression FilterExpression"
                        + " ProjectionExpression | {QueryFilter, ConditionalOperator, KeyConditions}"
                        + " | {ProjectionExpression, FilterExpression, KeyConditionExpression}"
            })
    void noRequestHasExpressionsAndWhatCameBeforeThem(
            ExpressionParameters operation, String given, String older, String expressions) {
        assertThatThrownBy(() -> operation.check(with(given)))
                .hasMessage(MIXED + "Non-expression parameters: " + older + " Expression parameters: " + expressions);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT_ITEM | ExpressionAttributeNames ExpressionAttributeValues"
                        + " | ExpressionAttributeNames can only be specified when using expressions",
                "PUT_ITEM | ExpressionAttributeValues | ExpressionAttributeValues can only be specified when using"
                        + " expressions",
                "UPDATE_ITEM | Expected ExpressionAttributeValues | ExpressionAttributeValues can only be specified when"
                        + " using expressions",
                "QUERY | ProjectionExpression ExpressionAttributeValues | ExpressionAttributeValues can only be specified"
                        + " when using expressions: FilterExpression and KeyConditionExpression are null",
                "SCAN | ProjectionExpression ExpressionAttributeValues | ExpressionAttributeValues can only be specified"
                        + " when using expressions: FilterExpression is null",
                "GET_ITEM | ExpressionAttributeNames"
                        + " | ExpressionAttributeNames can only be specified when using expressions",
                "SCAN | ConditionalOperator | ConditionalOperator cannot be used without Filter or Expected",
                "QUERY | ConditionalOperator KeyConditions"
                        + " | ConditionalOperator cannot be used without Filter or Expected"
            })
    void placeholdersAndOperatorsNeedWhatTheyAreFor(ExpressionParameters operation, String given, String answer) {
        assertThatThrownBy(() -> operation.check(with(given))).hasMessage(answer);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Expected", "QueryFilter", "ScanFilter"})
    void aConditionalOperatorJoinsTwoConditions(String parameter) {
        ExpressionParameters operation = switch (parameter) {
            case "Expected" -> ExpressionParameters.PUT_ITEM;
            case "QueryFilter" -> ExpressionParameters.QUERY;
            default -> ExpressionParameters.SCAN;
        };

        assertThatThrownBy(() -> operation.check(read("{'ConditionalOperator':'OR','%s':{}}", parameter)))
                .hasMessage("ConditionalOperator cannot be used without Filter or Expected");
        assertThatThrownBy(() -> operation.check(read("{'ConditionalOperator':'OR','%s':{'a':{}}}", parameter)))
                .hasMessage("ConditionalOperator can only be used when Filter or Expected has two or more elements");
        assertThatCode(() -> operation.check(read("{'ConditionalOperator':'OR','%s':{'a':{},'b':{}}}", parameter)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT_ITEM | ConditionExpression ExpressionAttributeNames ExpressionAttributeValues",
                "UPDATE_ITEM | AttributeUpdates Expected",
                "QUERY | KeyConditions FilterExpression ProjectionExpression ExpressionAttributeValues",
                "SCAN | TableName Limit",
                // It takes no values, and does not look at any.
                "GET_ITEM | ProjectionExpression ExpressionAttributeValues"
            })
    void whatGoesTogetherIsTaken(ExpressionParameters operation, String given) {
        assertThatCode(() -> operation.check(with(given))).doesNotThrowAnyException();
    }

    private JsonNode with(String parameters) {
        ObjectNode request = json.createObjectNode();
        for (String parameter : parameters.split(" ", -1)) {
            request.putObject(parameter);
        }
        return request;
    }

    private JsonNode read(String format, String parameter) {
        try {
            return json.readTree(String.format(Locale.ROOT, format, parameter).replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
