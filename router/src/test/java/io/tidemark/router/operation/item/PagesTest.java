package io.tidemark.router.operation.item;

import static io.tidemark.router.testing.ItemApi.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ErrorType;
import io.tidemark.router.operation.OperationName;
import io.tidemark.router.operation.ReadToken;
import io.tidemark.router.testing.ItemApi;
import io.tidemark.router.testing.ItemApi.Caller;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.node.NodeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Query and Scan. Table {@code range} has ten items with the partition key {@code a}, sort keys 0 to 9, and three with {@code b}. */
class PagesTest {
    private static final String OF_A =
            ",`KeyConditionExpression`:`pk = :p`,`ExpressionAttributeValues`:{`:p`:{`S`:`a`}";

    private static ItemApi api;

    @BeforeAll
    static void start() {
        api = new ItemApi();
        for (int i = 0; i < 10; i++) {
            put("a", i);
        }
        for (int i = 0; i < 3; i++) {
            put("b", i);
        }
    }

    private static void put(String pk, int sk) {
        api.call(
                OperationName.PutItem,
                "{`TableName`:`range`,`Item`:{`pk`:{`S`:`" + pk + "`},`sk`:{`N`:`" + sk + "`},`odd`:{`BOOL`:"
                        + (sk % 2 == 1) + "}}}");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @AfterEach
    void letRequestsThrough() {
        api.cluster().intercept(request -> Optional.empty());
    }

    private static JsonNode query(String rest) {
        return api.call(OperationName.Query, "{`TableName`:`range`,`ConsistentRead`:true" + rest + "}");
    }

    private static JsonNode scan(String rest) {
        return api.call(OperationName.Scan, "{`TableName`:`range`,`ConsistentRead`:true" + rest + "}");
    }

    private static List<Integer> sortKeys(JsonNode page) {
        List<Integer> keys = new ArrayList<>();
        page.path("Items").forEach(item -> keys.add(item.at("/sk/N").asInt()));
        return keys;
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
    void aQueryGivesTheItemsInTheOrderOfTheirSortKeys() {
        JsonNode forward = query(OF_A + "}");

        assertThat(sortKeys(forward)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(forward.path("Count").asInt()).isEqualTo(10);
        assertThat(forward.path("ScannedCount").asInt()).isEqualTo(10);
        assertThat(forward.has("LastEvaluatedKey")).isFalse();
        assertThat(forward.has("ConsumedCapacity")).isFalse();
        assertThat(sortKeys(query(OF_A + "},`ScanIndexForward`:false,`Limit`:3")))
                .containsExactly(9, 8, 7);
    }

    @Test
    void aPageThatItsLimitEndsHasALastKeyEvenIfNothingFollows() {
        JsonNode page = query(OF_A + "},`Limit`:10");

        assertThat(page.path("LastEvaluatedKey")).isEqualTo(json("{`pk`:{`S`:`a`},`sk`:{`N`:`9`}}"));
        ObjectNode next = (ObjectNode) json("{`TableName`:`range`" + OF_A + "}}");
        next.set("ExclusiveStartKey", page.path("LastEvaluatedKey"));
        JsonNode last = api.call(OperationName.Query, next.toString().replace('"', '`'));
        assertThat(last.path("Items")).isEmpty();
        assertThat(last.has("LastEvaluatedKey")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void pagesTogetherGiveEveryItemOnce(String forward) {
        List<Integer> found = new ArrayList<>();
        JsonNode start = null;
        do {
            ObjectNode body =
                    (ObjectNode) json("{`TableName`:`range`,`Limit`:3,`ScanIndexForward`:" + forward + OF_A + "}}");
            if (start != null) {
                body.set("ExclusiveStartKey", start);
            }
            JsonNode page = api.call(OperationName.Query, body.toString().replace('"', '`'));
            found.addAll(sortKeys(page));
            start = page.get("LastEvaluatedKey");
        } while (start != null);
        assertThat(found).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void theLimitCountsItemsBeforeTheFilter() {
        JsonNode page = query(",`KeyConditionExpression`:`pk = :p`,`FilterExpression`:`odd = :t`,"
                + "`ExpressionAttributeValues`:{`:p`:{`S`:`a`},`:t`:{`BOOL`:true}},`Limit`:4");

        assertThat(sortKeys(page)).containsExactly(1, 3);
        assertThat(page.path("Count").asInt()).isEqualTo(2);
        assertThat(page.path("ScannedCount").asInt()).isEqualTo(4);
        assertThat(page.at("/LastEvaluatedKey/sk/N").asText()).isEqualTo("3");
    }

    @Test
    void whoCountsGetsNoItems() {
        JsonNode counted = query(OF_A + "},`Select`:`COUNT`");

        assertThat(counted).isEqualTo(json("{`Count`:10,`ScannedCount`:10}"));
        assertThat(
                        scan(
                                ",`Select`:`COUNT`,`FilterExpression`:`odd = :t`,`ExpressionAttributeValues`:{`:t`:{`BOOL`:true}}"))
                .isEqualTo(json("{`Count`:6,`ScannedCount`:13}"));
    }

    @Test
    void theOlderParametersSayTheSame() {
        String keys = ",`KeyConditions`:{`pk`:{`ComparisonOperator`:`EQ`,`AttributeValueList`:[{`S`:`a`}]},"
                + "`sk`:{`ComparisonOperator`:`GE`,`AttributeValueList`:[{`N`:`7`}]}}";
        JsonNode page = query(keys + ",`AttributesToGet`:[`sk`],`QueryFilter`:{`odd`:{`ComparisonOperator`:`EQ`,"
                + "`AttributeValueList`:[{`BOOL`:true}]}}");

        assertThat(page.path("Items")).isEqualTo(json("[{`sk`:{`N`:`7`}},{`sk`:{`N`:`9`}}]"));
        assertThat(scan(",`ScanFilter`:{`pk`:{`ComparisonOperator`:`EQ`,`AttributeValueList`:[{`S`:`b`}]}}")
                        .path("Count")
                        .asInt())
                .isEqualTo(3);
        assertInvalid(
                () -> query(keys + ",`QueryFilter`:{`sk`:{`ComparisonOperator`:`NOT_NULL`}}"),
                "QueryFilter can only contain non-primary key attributes: Primary key attribute: sk");
    }

    @Test
    void capacityFollowsWhatWasEvaluated() {
        String capacity = ",`ReturnConsumedCapacity`:`TOTAL`";
        assertThat(query(OF_A + "}" + capacity)
                        .at("/ConsumedCapacity/CapacityUnits")
                        .doubleValue())
                .isEqualTo(1);
        assertThat(api.call(OperationName.Scan, "{`TableName`:`range`" + capacity + "}")
                        .at("/ConsumedCapacity/CapacityUnits")
                        .doubleValue())
                .isEqualTo(0.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "`Select`:`SPECIFIC_ATTRIBUTES` | Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
                "`Select`:`ALL_PROJECTED_ATTRIBUTES` | ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName",
                "`Select`:`COUNT`,`ProjectionExpression`:`sk` | Cannot specify the ProjectionExpression when choosing to get only the Count",
                "`Select`:`ALL_ATTRIBUTES`,`ProjectionExpression`:`sk` | Cannot specify the ProjectionExpression when choosing to get ALL_ATTRIBUTES",
                "`Select`:`ALL_PROJECTED_ATTRIBUTES`,`ProjectionExpression`:`sk` | Cannot specify the ProjectionExpression when choosing to get ALL_PROJECTED_ATTRIBUTES"
            })
    void whatIsSelectedMustGoWithTheProjection(String parameters, String message) {
        assertInvalid(() -> scan("," + parameters), "1 validation error detected: " + message);
        assertInvalid(() -> query(OF_A + "}," + parameters), "1 validation error detected: " + message);
    }

    @Test
    void thereAreNoIndexes() {
        assertInvalid(() -> query(OF_A + "},`IndexName`:`some`"), "The table does not have the specified index: some");
        assertInvalid(() -> scan(",`IndexName`:`some`"), "The table does not have the specified index: some");
    }

    @Test
    void aQueryNeedsAKeyCondition() {
        assertInvalid(
                () -> query(""),
                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{`pk`:{`S`:`a`}} | The provided starting key is invalid",
                "{`pk`:{`S`:`a`},`sk`:{`N`:`1`},`x`:{`N`:`1`}} | The provided starting key is invalid",
                "{`pk`:{`S`:`a`},`x`:{`N`:`1`}} | The provided starting key is invalid",
                "{`pk`:{`S`:`a`},`sk`:{}} | The provided starting key is invalid: Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                "{`pk`:{`S`:`a`},`sk`:{`S`:`1`}} | The provided key element does not match the schema",
                "{`pk`:{`S`:`b`},`sk`:{`N`:`1`}} | The provided starting key is outside query boundaries based on provided conditions"
            })
    void aQueryStartsOnlyWhereItCouldHaveEnded(String startKey, String message) {
        assertInvalid(() -> query(OF_A + "},`ExclusiveStartKey`:" + startKey), message);
    }

    @Test
    void aQueryOfARangeStartsOnlyInIt() {
        String range = ",`KeyConditionExpression`:`pk = :p AND sk > :s`,"
                + "`ExpressionAttributeValues`:{`:p`:{`S`:`a`},`:s`:{`N`:`5`}},`ExclusiveStartKey`:";
        assertThat(sortKeys(query(range + "{`pk`:{`S`:`a`},`sk`:{`N`:`7`}}"))).containsExactly(8, 9);
        assertInvalid(
                () -> query(range + "{`pk`:{`S`:`a`},`sk`:{`N`:`3`}}"),
                "The provided starting key does not match the range key predicate");
        assertInvalid(
                () -> query(range + "{`pk`:{`S`:`b`},`sk`:{`N`:`7`}}"),
                "The query can return at most one row and cannot be restarted");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{`pk`:{`S`:`a`}} | The provided starting key is invalid",
                "{`pk`:{`S`:`a`},`sk`:{`S`:`1`}} | The provided starting key is invalid",
                "{`pk`:{`S`:`a`},`sk`:{`NS`:[]}} | One or more parameter values were invalid: An number set  may not be empty"
            })
    void aScanStartsOnlyAtAKey(String startKey, String message) {
        assertInvalid(() -> scan(",`ExclusiveStartKey`:" + startKey), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "`Segment`:0 | The TotalSegments parameter is required but was not present in the request when Segment parameter is present",
                "`TotalSegments`:4 | The Segment parameter is required but was not present in the request when parameter TotalSegments is present",
                "`Segment`:5,`TotalSegments`:5 | The Segment parameter is zero-based and must be less than parameter TotalSegments"
            })
    void aSegmentIsOneOfAllSegments(String parameters, String message) {
        assertInvalid(() -> scan("," + parameters), message);
    }

    @Test
    void segmentsAndPagesTogetherGiveEveryItemOnce() {
        List<String> found = new ArrayList<>();
        for (int segment = 0; segment < 3; segment++) {
            JsonNode start = null;
            do {
                ObjectNode body = (ObjectNode)
                        json("{`TableName`:`range`,`Limit`:2,`TotalSegments`:3,`Segment`:" + segment + "}");
                if (start != null) {
                    body.set("ExclusiveStartKey", start);
                }
                JsonNode page = api.call(OperationName.Scan, body.toString().replace('"', '`'));
                page.path("Items")
                        .forEach(item -> found.add(
                                item.at("/pk/S").asText() + item.at("/sk/N").asText()));
                start = page.get("LastEvaluatedKey");
                if (start != null) {
                    body.put("Segment", (segment + 1) % 3);
                    body.set("ExclusiveStartKey", start);
                    int wrong = (segment + 1) % 3;
                    assertInvalid(
                            () -> api.call(OperationName.Scan, body.toString().replace('"', '`')),
                            "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use "
                                    + "ExclusiveStartKey with correct Segment. TotalSegments: 3 Segment: " + wrong);
                }
            } while (start != null);
        }
        assertThat(found).hasSize(13).doesNotHaveDuplicates();
    }

    @Test
    void aPageHoldsAtMostOneMegabyteAlsoWhereItCrossesPartitions() {
        api.cluster().createTable("big", KeySchema.of(new KeyAttribute("pk", KeyType.S)));
        String value = "x".repeat(60_000);
        for (int i = 0; i < 20; i++) {
            api.call(
                    OperationName.PutItem,
                    "{`TableName`:`big`,`Item`:{`pk`:{`S`:`" + i + "`},`v`:{`S`:`" + value + "`}}}");
        }
        JsonNode first = api.call(OperationName.Scan, "{`TableName`:`big`,`ConsistentRead`:true}");
        String start = first.path("LastEvaluatedKey").toString().replace('"', '`');
        JsonNode second = api.call(
                OperationName.Scan, "{`TableName`:`big`,`ConsistentRead`:true,`ExclusiveStartKey`:" + start + "}");

        assertThat(first.path("Count").asInt()).isEqualTo(17);
        assertThat(second.path("Count").asInt()).isEqualTo(3);
        assertThat(second.has("LastEvaluatedKey")).isFalse();
    }

    @Test
    void aTokenMakesAScanReadStrongly() {
        List<NodeRequest.Scan> seen = new CopyOnWriteArrayList<>();
        api.cluster().intercept(request -> {
            if (request instanceof NodeRequest.Scan scan) {
                seen.add(scan);
            }
            return Optional.empty();
        });
        ReadToken token = new ReadToken(Map.of(new ShardId(0), Lsn.FIRST));

        api.call(OperationName.Scan, "{`TableName`:`range`}");
        assertThat(seen).allMatch(scan -> scan.consistency().equals(Consistency.EVENTUAL));
        seen.clear();
        api.call(Caller.ANYBODY.having(token), OperationName.Scan, "{`TableName`:`range`}");
        assertThat(seen).isNotEmpty().allMatch(scan -> scan.consistency().equals(Consistency.STRONG));
    }
}
