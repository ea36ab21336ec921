package io.tidemark.router.operation.item;

import static io.tidemark.router.testing.ItemApi.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ErrorType;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.OperationName;
import io.tidemark.router.testing.ItemApi;
import io.tidemark.router.testing.ItemApi.Caller;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.value.AttributeValue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PutItem, UpdateItem and DeleteItem, with GetItem to see what they did. */
class ItemWritesTest {
    private static final AtomicInteger NEXT_KEY = new AtomicInteger();
    private static ItemApi api;

    /** Of this test alone. */
    private final String pk = "key-" + NEXT_KEY.getAndIncrement();

    @BeforeAll
    static void start() {
        api = new ItemApi();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private JsonNode put(String attributes, String rest) {
        return api.call(
                OperationName.PutItem,
                "{`TableName`:`hash`,`Item`:{`pk`:{`S`:`" + pk + "`}" + attributes + "}" + rest + "}");
    }

    private JsonNode withKey(OperationName operation, String rest) {
        return api.call(operation, "{`TableName`:`hash`,`Key`:{`pk`:{`S`:`" + pk + "`}}" + rest + "}");
    }

    private JsonNode update(String rest) {
        return withKey(OperationName.UpdateItem, rest);
    }

    private JsonNode item() {
        return withKey(OperationName.GetItem, ",`ConsistentRead`:true").path("Item");
    }

    private static ApiException refusal(Runnable call) {
        ApiException refusal = catchThrowableOfType(ApiException.class, call::run);
        assertThat(refusal).as("refusal").isNotNull();
        return refusal;
    }

    private static void assertInvalid(Runnable call, String message) {
        ApiException refusal = refusal(call);
        assertThat(refusal.message()).isEqualTo(message);
        assertThat(refusal.type()).isEqualTo(ErrorType.VALIDATION);
    }

    @Test
    void aPutItemIsReadBackAndAnswersNothing() {
        assertThat(put(",`a`:{`S`:``},`m`:{`M`:{`l`:{`L`:[{`N`:`1.50`}]}}}", ""))
                .isEqualTo(json("{}"));
        assertThat(item())
                .isEqualTo(json("{`a`:{`S`:``},`m`:{`M`:{`l`:{`L`:[{`N`:`1.5`}]}}},`pk`:{`S`:`" + pk + "`}}"));
    }

    @Test
    void aPutReturnsWhatItReplaced() {
        assertThat(put(",`a`:{`N`:`1`}", ",`ReturnValues`:`ALL_OLD`")).isEqualTo(json("{}"));
        assertThat(put(",`a`:{`N`:`2`}", ",`ReturnValues`:`ALL_OLD`").path("Attributes"))
                .isEqualTo(json("{`a`:{`N`:`1`},`pk`:{`S`:`" + pk + "`}}"));
    }

    @Test
    void aDeleteReturnsWhatItRemovedAndNothingWhereThereIsNothing() {
        put(",`a`:{`N`:`1`}", "");

        assertThat(withKey(OperationName.DeleteItem, ",`ReturnValues`:`ALL_OLD`")
                        .path("Attributes"))
                .isEqualTo(json("{`a`:{`N`:`1`},`pk`:{`S`:`" + pk + "`}}"));
        assertThat(withKey(OperationName.DeleteItem, ",`ReturnValues`:`ALL_OLD`"))
                .isEqualTo(json("{}"));
        assertThat(item().isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"})
    void putsAndDeletesHaveOldAttributesOnly(String returnValues) {
        String message = "1 validation error detected: ReturnValues can only be ALL_OLD or NONE";
        assertInvalid(() -> put("", ",`ReturnValues`:`" + returnValues + "`"), message);
        assertInvalid(() -> withKey(OperationName.DeleteItem, ",`ReturnValues`:`" + returnValues + "`"), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NONE |",
                "ALL_OLD | {`a`:{`N`:`1`},`b`:{`S`:`x`},`m`:{`M`:{`p`:{`N`:`1`},`q`:{`N`:`2`}}},`pk`:{`S`:`KEY`}}",
                "UPDATED_OLD | {`a`:{`N`:`1`},`m`:{`M`:{`p`:{`N`:`1`}}}}",
                "ALL_NEW | {`a`:{`N`:`6`},`b`:{`S`:`x`},`m`:{`M`:{`p`:{`N`:`7`},`q`:{`N`:`2`}}},`pk`:{`S`:`KEY`}}",
                "UPDATED_NEW | {`a`:{`N`:`6`},`m`:{`M`:{`p`:{`N`:`7`}}}}"
            })
    void anUpdateReturnsWhatItIsAskedFor(String returnValues, String attributes) {
        put(",`a`:{`N`:`1`},`b`:{`S`:`x`},`m`:{`M`:{`p`:{`N`:`1`},`q`:{`N`:`2`}}}", "");

        JsonNode answer = update(",`UpdateExpression`:`SET a = a + :five, m.p = :seven`,"
                + "`ExpressionAttributeValues`:{`:five`:{`N`:`5`},`:seven`:{`N`:`7`}},`ReturnValues`:`" + returnValues
                + "`");

        assertThat(answer)
                .isEqualTo(
                        attributes == null ? json("{}") : json("{`Attributes`:" + attributes.replace("KEY", pk) + "}"));
    }

    @Test
    void anUpdateThatTouchesNothingReturnsNoAttributes() {
        put(",`a`:{`N`:`1`}", "");

        assertThat(update(",`UpdateExpression`:`REMOVE a`,`ReturnValues`:`UPDATED_NEW`"))
                .isEqualTo(json("{}"));
        assertThat(update(",`UpdateExpression`:`SET c = :c`,`ExpressionAttributeValues`:{`:c`:{`N`:`1`}},"
                        + "`ReturnValues`:`UPDATED_OLD`"))
                .isEqualTo(json("{}"));
    }

    @Test
    void anUpdateWithoutExpressionCreatesAnItemOfItsKey() {
        assertThat(update(",`ReturnValues`:`ALL_NEW`").path("Attributes")).isEqualTo(json("{`pk`:{`S`:`" + pk + "`}}"));
        assertThat(item()).isEqualTo(json("{`pk`:{`S`:`" + pk + "`}}"));
    }

    @Test
    void aFailedConditionTellsTheItemWhereItIsAskedTo() {
        put(",`a`:{`N`:`1`}", "");
        String condition = ",`ConditionExpression`:`attribute_not_exists(pk)`";
        String tell = ",`ReturnValuesOnConditionCheckFailure`:`ALL_OLD`";

        ApiException silent = refusal(() -> put("", condition));
        ApiException telling = refusal(() -> put("", condition + tell));

        assertThat(silent.type()).isEqualTo(ErrorType.CONDITIONAL_CHECK_FAILED);
        assertThat(silent.message()).isEqualTo("The conditional request failed");
        assertThat(silent.item()).isEmpty();
        assertThat(telling.item().orElseThrow().get("a")).isEqualTo(AttributeValue.N.of(1));
        assertThat(refusal(() -> update(",`ConditionExpression`:`attribute_not_exists(pk)`" + tell))
                        .item())
                .isPresent();
    }

    @Test
    void theOlderParametersSayTheSame() {
        put(",`a`:{`N`:`1`}", "");

        assertThat(refusal(() -> put("", ",`Expected`:{`a`:{`Value`:{`N`:`2`}}}"))
                        .type())
                .isEqualTo(ErrorType.CONDITIONAL_CHECK_FAILED);
        JsonNode answer = update(",`AttributeUpdates`:{`a`:{`Action`:`ADD`,`Value`:{`N`:`4`}},"
                + "`b`:{`Value`:{`S`:`x`}}},`Expected`:{`a`:{`Value`:{`N`:`1`}}},`ReturnValues`:`UPDATED_NEW`");
        assertThat(answer.path("Attributes")).isEqualTo(json("{`a`:{`N`:`5`},`b`:{`S`:`x`}}"));
        assertInvalid(
                () -> update(",`AttributeUpdates`:{`b`:{`Action`:`ADD`,`Value`:{`N`:`4`}}}"),
                "Type mismatch for attribute to update");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET a = nothere | The provided expression refers to an attribute that does not exist in the item",
                "SET a = a + txt | An operand in the update expression has an incorrect data type",
                "SET nowhere.b = :one | The document path provided in the update expression is invalid for update",
                "SET a = huge + huge | Number overflow. Attempting to store a number with magnitude larger than supported range",
                "SET a = vast + :one | Number overflow. Attempting to store a number with magnitude larger than supported range",
                "SET pk = :one | One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key",
                "SET a = pk.b | Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: pk"
            })
    void anUpdateThatTheItemDoesNotTakeIsRefusedInTheServicesWords(String expression, String message) {
        put(",`a`:{`N`:`1`},`txt`:{`S`:`x`},`huge`:{`N`:`9e125`},`vast`:{`N`:`1e50`}", "");
        String values = expression.contains(":one") ? ",`ExpressionAttributeValues`:{`:one`:{`N`:`1`}}" : "";

        assertInvalid(() -> update(",`UpdateExpression`:`" + expression + "`" + values), message);
    }

    @Test
    void itemsOf400KilobytesAreTheLargest() {
        int keyBytes = 2 + pk.length() + 1;
        String largest = "x".repeat(409_600 - keyBytes);

        put(",`a`:{`S`:`" + largest + "`}", "");
        assertInvalid(
                () -> put(",`a`:{`S`:`" + largest + "x`}", ""), "Item size has exceeded the maximum allowed size");
        assertInvalid(
                () -> update(",`UpdateExpression`:`SET b = :b`,`ExpressionAttributeValues`:{`:b`:{`S`:`x`}}"),
                "Item size to update has exceeded the maximum allowed size");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hash  | {} | One or more parameter values were invalid: Missing the key pk in the item",
                "hash  | {`pk`:{`N`:`1`}} | One or more parameter values were invalid: Type mismatch for key pk expected: S actual: N",
                "hash  | {`pk`:{`S`:``}} | One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk",
                "range | {`pk`:{`S`:`a`}} | One or more parameter values were invalid: Missing the key sk in the item",
                "range | {`pk`:{`S`:`a`},`sk`:{`BOOL`:true}} | One or more parameter values were invalid: Type mismatch for key sk expected: N actual: BOOL"
            })
    void anItemWithoutItsKeyIsRefused(String table, String item, String message) {
        assertInvalid(
                () -> api.call(OperationName.PutItem, "{`TableName`:`" + table + "`,`Item`:" + item + "}"), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{`b`:{`S`:`a`}}",
                "{`pk`:{`S`:`a`},`b`:{`S`:`a`}}",
                "{`pk`:{`N`:`1`}}",
                "{`pk`:{`BOOL`:true}}",
                "{`pk`:{`SS`:[`a`]}}",
                "{`pk`:{`M`:{}}}"
            })
    void aKeyOfAnotherShapeIsRefused(String key) {
        for (OperationName operation :
                new OperationName[] {OperationName.GetItem, OperationName.UpdateItem, OperationName.DeleteItem}) {
            assertInvalid(
                    () -> api.call(operation, "{`TableName`:`hash`,`Key`:" + key + "}"),
                    "The provided key element does not match the schema");
        }
    }

    @Test
    void aWordForFalseIsNoNull() {
        assertInvalid(
                () -> put(",`a`:{`NULL`:`no`}", ""),
                "1 validation error detected: One or more parameter values were invalid: Null attribute value types must have the value of true");
    }

    @Test
    void keysHaveAGreatestLength() {
        assertInvalid(
                () -> api.call(
                        OperationName.PutItem, "{`TableName`:`hash`,`Item`:{`pk`:{`S`:`" + "x".repeat(2_049) + "`}}}"),
                "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes");
    }

    @Test
    void operationsOnItemsDoNotNameTheTableThatIsMissing() {
        ApiException refusal =
                refusal(() -> api.call(OperationName.GetItem, "{`TableName`:`nowhere`,`Key`:{`pk`:{`S`:`a`}}}"));

        assertThat(refusal.type()).isEqualTo(ErrorType.RESOURCE_NOT_FOUND);
        assertThat(refusal.message()).isEqualTo("Requested resource not found");
    }

    @Test
    void whatIsWrongWithARequestIsToldBeforeTheTableIsLookedFor() {
        assertInvalid(
                () -> api.call(OperationName.PutItem, "{`TableName`:`nowhere`,`Item`:{`a`:{`SS`:[]}}}"),
                "1 validation error detected: One or more parameter values were invalid: An string set  may not be empty");
    }

    @Test
    void aCallerMayDoOnlyWhatItsKeyPairAllows() {
        Caller reader = Caller.ANYBODY.with((right, table) -> right.name().equals("READ"));
        String body = "{`TableName`:`nowhere`,`Item`:{`pk`:{`S`:`a`}}}";

        ApiException refusal = refusal(() -> api.call(reader, OperationName.PutItem, body));

        assertThat(refusal.type()).isEqualTo(ErrorType.ACCESS_DENIED);
        assertThat(refusal.message())
                .contains("is not authorized to perform: dynamodb:PutItem on resource: "
                        + "arn:aws:dynamodb:us-east-1:000000000000:table/nowhere");
    }

    @Test
    void consumedCapacityFollowsTheLargerOfTheSizes() {
        String kilobytes = "x".repeat(2_500);
        assertThat(put(",`a`:{`S`:`" + kilobytes + "`}", ",`ReturnConsumedCapacity`:`TOTAL`"))
                .isEqualTo(json("{`ConsumedCapacity`:{`TableName`:`hash`,`CapacityUnits`:3.0}}"));
        assertThat(put("", ",`ReturnConsumedCapacity`:`INDEXES`"))
                .isEqualTo(json("{`ConsumedCapacity`:{`TableName`:`hash`,`CapacityUnits`:3.0,"
                        + "`Table`:{`CapacityUnits`:3.0}}}"));
        assertThat(put("", ",`ReturnConsumedCapacity`:`NONE`,`ReturnItemCollectionMetrics`:`SIZE`"))
                .isEqualTo(json("{}"));
        assertThat(withKey(OperationName.DeleteItem, ",`ReturnConsumedCapacity`:`TOTAL`")
                        .at("/ConsumedCapacity/CapacityUnits")
                        .doubleValue())
                .isEqualTo(1);
    }

    @Test
    void readsCostByFourKilobytesAndHalfIfTheyMayBeStale() {
        put(",`a`:{`S`:`" + "x".repeat(5_000) + "`}", "");
        String capacity = ",`ReturnConsumedCapacity`:`TOTAL`";

        assertThat(units(withKey(OperationName.GetItem, capacity))).isEqualTo(1);
        assertThat(units(withKey(OperationName.GetItem, capacity + ",`ConsistentRead`:true")))
                .isEqualTo(2);
        assertThat(units(withKey(
                        OperationName.GetItem, capacity + ",`ProjectionExpression`:`pk`,`ConsistentRead`:true")))
                .isEqualTo(2);
        JsonNode missing =
                api.call(OperationName.GetItem, "{`TableName`:`hash`,`Key`:{`pk`:{`S`:`missing`}}" + capacity + "}");
        assertThat(missing).isEqualTo(json("{`ConsumedCapacity`:{`TableName`:`hash`,`CapacityUnits`:0.5}}"));
    }

    private static double units(JsonNode answer) {
        return answer.at("/ConsumedCapacity/CapacityUnits").doubleValue();
    }

    @Test
    void aProjectionGivesTheParts() {
        put(",`a`:{`N`:`1`},`m`:{`M`:{`p`:{`N`:`1`},`q`:{`N`:`2`}}}", "");

        assertThat(withKey(OperationName.GetItem, ",`ProjectionExpression`:`a, m.q`,`ConsistentRead`:true"))
                .isEqualTo(json("{`Item`:{`a`:{`N`:`1`},`m`:{`M`:{`q`:{`N`:`2`}}}}}"));
        assertThat(withKey(OperationName.GetItem, ",`AttributesToGet`:[`a`],`ConsistentRead`:true"))
                .isEqualTo(json("{`Item`:{`a`:{`N`:`1`}}}"));
        assertThat(withKey(OperationName.GetItem, ",`ProjectionExpression`:`nothere`,`ConsistentRead`:true"))
                .isEqualTo(json("{`Item`:{}}"));
        assertInvalid(
                () -> withKey(OperationName.GetItem, ",`ProjectionExpression`:`pk.a`"),
                "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: pk");
    }

    @Test
    void aRetriedWriteTakesEffectOnce() {
        put(",`a`:{`N`:`1`}", "");
        String body = "{`TableName`:`hash`,`Key`:{`pk`:{`S`:`" + pk + "`}},`UpdateExpression`:`ADD a :one`,"
                + "`ExpressionAttributeValues`:{`:one`:{`N`:`1`}},`ReturnValues`:`ALL_NEW`}";

        JsonNode first = api.call(Caller.ANYBODY.retrying(pk), OperationName.UpdateItem, body);
        JsonNode again = api.call(Caller.ANYBODY.retrying(pk), OperationName.UpdateItem, body);
        JsonNode another = api.call(Caller.ANYBODY.retrying(pk + "'"), OperationName.UpdateItem, body);

        assertThat(first.at("/Attributes/a/N").asText()).isEqualTo("2");
        assertThat(again).isEqualTo(first);
        assertThat(another.at("/Attributes/a/N").asText()).isEqualTo("3");
    }

    @Test
    void aReadWithTheTokenOfAWriteSeesIt() {
        for (int i = 0; i < 50; i++) {
            Answer written = api.answer(
                    Caller.ANYBODY,
                    OperationName.PutItem,
                    "{`TableName`:`hash`,`Item`:{`pk`:{`S`:`" + pk + "`},`i`:{`N`:`" + i + "`}}}");
            JsonNode read = api.call(
                    Caller.ANYBODY.having(written.readToken()),
                    OperationName.GetItem,
                    "{`TableName`:`hash`,`Key`:{`pk`:{`S`:`" + pk + "`}}}");
            assertThat(read.at("/Item/i/N").asText()).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void whatNoRecordOfTheLogCouldHoldIsRefused() {
        String many = IntStream.range(0, 2_000)
                .mapToObj(i -> "`a" + i + "`:{`Value`:{`N`:`1`}}")
                .collect(Collectors.joining(","));
        assertThat(refusal(() -> update(",`AttributeUpdates`:{" + many + "}")).type())
                .isEqualTo(ErrorType.VALIDATION);
        assertThat(refusal(() -> update(",`Expected`:{" + many + "}")).type()).isEqualTo(ErrorType.VALIDATION);
        assertThat(refusal(() -> update(",`UpdateExpression`:`SET a = :a`,`ExpressionAttributeValues`:{`:a`:{`S`:`"
                                + "x".repeat(3 << 20) + "`}}"))
                        .type())
                .isEqualTo(ErrorType.VALIDATION);
    }

    @Test
    void aTableThatHasBeenMadeAgainIsTakenForWhatItIs() {
        api.cluster().createTable("again", KeySchema.of(new KeyAttribute("pk", KeyType.S)));
        TableRoute old = api.cluster().routes().route("again").orElseThrow();
        api.cluster().createTable("again", KeySchema.of(new KeyAttribute("id", KeyType.N)));
        api.cluster().rememberInstead("again", old);
        String body = "{`TableName`:`again`,`Item`:{`id`:{`N`:`1`}}}";

        assertThat(api.call(OperationName.PutItem, body)).isEqualTo(json("{}"));
        assertInvalid(
                () -> api.call(OperationName.PutItem, "{`TableName`:`again`,`Item`:{`x`:{`N`:`1`}}}"),
                "One or more parameter values were invalid: Missing the key id in the item");
    }

    @Test
    void aTableThatIsBeingDeletedIsNotFound() {
        api.cluster().createTable("going", KeySchema.of(new KeyAttribute("pk", KeyType.S)));
        String body = "{`TableName`:`going`,`Item`:{`pk`:{`S`:`a`}}}";
        api.call(OperationName.PutItem, body);

        api.cluster().closeTable("going");
        assertThat(refusal(() -> api.call(OperationName.PutItem, body)).type()).isEqualTo(ErrorType.RESOURCE_NOT_FOUND);
    }
}
