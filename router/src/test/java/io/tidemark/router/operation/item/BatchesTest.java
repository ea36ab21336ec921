package io.tidemark.router.operation.item;

import static io.tidemark.router.testing.ItemApi.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.client.ClientConfig;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ErrorType;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.OperationName;
import io.tidemark.router.testing.ItemApi;
import io.tidemark.router.testing.ItemApi.Caller;
import io.tidemark.router.testing.SmallCluster;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BatchWriteItem and BatchGetItem, and what all operations say when shards do not serve. */
class BatchesTest {
    private static ItemApi api;

    @BeforeAll
    static void start() {
        api = new ItemApi();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    /** Gives up soon what no shard serves. */
    private static ItemApi impatient() {
        return new ItemApi(
                new SmallCluster(ClientConfig.DEFAULT.withTimeouts(Duration.ofMillis(400), Duration.ofSeconds(1))));
    }

    private static String puts(String table, int first, int end) {
        return "`" + table + "`:["
                + IntStream.range(first, end)
                        .mapToObj(i -> "{`PutRequest`:{`Item`:{`pk`:{`S`:`" + i + "`},`v`:{`N`:`" + i + "`}}}}")
                        .collect(Collectors.joining(","))
                + "]";
    }

    private static String keys(int first, int end) {
        return "`Keys`:["
                + IntStream.range(first, end)
                        .mapToObj(i -> "{`pk`:{`S`:`" + i + "`}}")
                        .collect(Collectors.joining(","))
                + "]";
    }

    private static JsonNode write(String requests) {
        return write(api, requests);
    }

    private static JsonNode write(ItemApi in, String requests) {
        return in.call(OperationName.BatchWriteItem, "{`RequestItems`:{" + requests + "}}");
    }

    private static JsonNode get(String requests) {
        return get(api, requests);
    }

    private static JsonNode get(ItemApi in, String requests) {
        return in.call(OperationName.BatchGetItem, "{`RequestItems`:{" + requests + "}}");
    }

    private static ApiException refusal(Runnable call) {
        ApiException refusal = catchThrowableOfType(ApiException.class, call::run);
        assertThat(refusal).as("refusal").isNotNull();
        return refusal;
    }

    @Test
    void aBatchPutsDeletesAndGetsInSeveralTables() {
        write("`hash`:[{`PutRequest`:{`Item`:{`pk`:{`S`:`gone`}}}}]");

        JsonNode written = write("`hash`:[{`DeleteRequest`:{`Key`:{`pk`:{`S`:`gone`}}}},"
                + "{`PutRequest`:{`Item`:{`pk`:{`S`:`new`},`a`:{`N`:`1`}}}}],"
                + "`range`:[{`PutRequest`:{`Item`:{`pk`:{`S`:`new`},`sk`:{`N`:`2`}}}}]");
        JsonNode got = get("`hash`:{`Keys`:[{`pk`:{`S`:`gone`}},{`pk`:{`S`:`new`}}],`ConsistentRead`:true,"
                + "`ProjectionExpression`:`#a`,`ExpressionAttributeNames`:{`#a`:`a`}},"
                + "`range`:{`Keys`:[{`sk`:{`N`:`2`},`pk`:{`S`:`new`}}],`ConsistentRead`:true}");

        assertThat(written).isEqualTo(json("{`UnprocessedItems`:{}}"));
        assertThat(got)
                .isEqualTo(json("{`Responses`:{`hash`:[{`a`:{`N`:`1`}}],"
                        + "`range`:[{`pk`:{`S`:`new`},`sk`:{`N`:`2`}}]},`UnprocessedKeys`:{}}"));
    }

    @Test
    void aTableOfWhichNothingIsFoundHasAnEmptyList() {
        assertThat(get("`hash`:{`Keys`:[{`pk`:{`S`:`nobody`}}]}"))
                .isEqualTo(json("{`Responses`:{`hash`:[]},`UnprocessedKeys`:{}}"));
    }

    @Test
    void batchesHaveAGreatestSize() {
        assertThat(write(puts("hash", 0, 25)).path("UnprocessedItems").isEmpty())
                .isTrue();
        assertThat(refusal(() -> write(puts("hash", 0, 25) + "," + puts("range", 0, 1)))
                        .message())
                .isEqualTo("Too many items requested for the BatchWriteItem call");
        assertThat(get("`hash`:{" + keys(0, 100) + ",`ConsistentRead`:true}").at("/Responses/hash"))
                .hasSize(25);
        assertThat(refusal(() -> get("`hash`:{" + keys(0, 100) + "},`range`:{" + keys(0, 1) + "}"))
                        .message())
                .isEqualTo("Too many items requested for the BatchGetItem call");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "`hash`:[{}] | Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
                "`hash`:[{`PutRequest`:{`Item`:{`pk`:{`S`:`a`}}},`DeleteRequest`:{`Key`:{`pk`:{`S`:`b`}}}}] | Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
                "`hash`:[{`PutRequest`:{`Item`:{`pk`:{`S`:`a`},`n`:{`NS`:[]}}}}] | One or more parameter values were invalid: An number set  may not be empty",
                "`hash`:[{`PutRequest`:{`Item`:{}}}] | The provided key element does not match the schema",
                "`hash`:[{`PutRequest`:{`Item`:{`pk`:{`N`:`1`}}}}] | The provided key element does not match the schema",
                "`range`:[{`PutRequest`:{`Item`:{`pk`:{`S`:`a`}}}}] | The provided key element does not match the schema",
                "`hash`:[{`DeleteRequest`:{`Key`:{`pk`:{`S`:`a`},`x`:{`S`:`b`}}}}] | The provided key element does not match the schema",
                "`hash`:[{`PutRequest`:{`Item`:{`pk`:{`S`:`a`}}}},{`DeleteRequest`:{`Key`:{`pk`:{`S`:`a`}}}}] | Provided list of item keys contains duplicates",
                "`range`:[{`PutRequest`:{`Item`:{`pk`:{`S`:`a`},`sk`:{`N`:`1`}}}},{`PutRequest`:{`Item`:{`pk`:{`S`:`a`},`sk`:{`N`:`1.0`}}}}] | Provided list of item keys contains duplicates"
            })
    void aBatchThatIsWrongInOnePlaceWritesNothing(String requests, String message) {
        ApiException refusal =
                refusal(() -> write("`range`:[{`PutRequest`:{`Item`:{`pk`:{`S`:`never`},`sk`:{`N`:`1`}}}}],"
                                .repeat(requests.startsWith("`range`") ? 0 : 1)
                        + requests));

        assertThat(refusal.message()).isEqualTo(message);
        assertThat(refusal.type()).isEqualTo(ErrorType.VALIDATION);
        assertThat(get("`range`:{`Keys`:[{`pk`:{`S`:`never`},`sk`:{`N`:`1`}}],`ConsistentRead`:true}")
                        .at("/Responses/range"))
                .isEmpty();
    }

    @Test
    void aTableUnderItsNameAndItsArnIsOneTable() {
        String put = ":[{`PutRequest`:{`Item`:{`pk`:{`S`:`twice`}}}}]";
        ApiException refusal =
                refusal(() -> write("`hash`" + put + ",`arn:aws:dynamodb:us-east-1:000000000000:table/hash`" + put));

        assertThat(refusal.message()).isEqualTo("Provided list of item keys contains duplicates");
    }

    @Test
    void aTableIsLookedForBeforeItsKeysAreCompared() {
        ApiException refusal = refusal(() -> write(
                "`nowhere`:[{`PutRequest`:{`Item`:{`pk`:{`S`:`a`}}}}," + "{`PutRequest`:{`Item`:{`pk`:{`S`:`a`}}}}]"));

        assertThat(refusal.type()).isEqualTo(ErrorType.RESOURCE_NOT_FOUND);
        assertThat(refusal.message()).isEqualTo("Requested resource not found");
    }

    @Test
    void keysToGetAreComparedBeforeTheTableIsLookedFor() {
        assertThat(refusal(() -> get("`nowhere`:{`Keys`:[{`pk`:{`S`:`a`}},{`pk`:{`S`:`a`}}]}"))
                        .message())
                .isEqualTo("Provided list of item keys contains duplicates");
        assertThat(refusal(() -> get("`nowhere`:{`Keys`:[{`pk`:{`S`:`a`}},{`pk`:{`S`:`a`}}],"
                                + "`AttributesToGet`:[`x`,`x`]}"))
                        .message())
                .isEqualTo("One or more parameter values were invalid: Duplicate value in attribute name: x");
    }

    @Test
    void capacityIsToldForEachTable() {
        String body = "{`RequestItems`:{" + puts("hash", 200, 203)
                + ",`range`:[{`PutRequest`:{`Item`:{`pk`:{`S`:`c`},`sk`:{`N`:`1`}}}}]},`ReturnConsumedCapacity`:`TOTAL`}";
        assertThat(api.call(OperationName.BatchWriteItem, body).path("ConsumedCapacity"))
                .isEqualTo(
                        json("[{`TableName`:`hash`,`CapacityUnits`:3.0},{`TableName`:`range`,`CapacityUnits`:1.0}]"));
        String gets = "{`RequestItems`:{`hash`:{" + keys(200, 203) + ",`ConsistentRead`:true},"
                + "`range`:{`Keys`:[{`pk`:{`S`:`c`},`sk`:{`N`:`1`}}]}},`ReturnConsumedCapacity`:`INDEXES`}";
        assertThat(api.call(OperationName.BatchGetItem, gets).path("ConsumedCapacity"))
                .isEqualTo(json("[{`TableName`:`hash`,`CapacityUnits`:3.0,`Table`:{`CapacityUnits`:3.0}},"
                        + "{`TableName`:`range`,`CapacityUnits`:0.5,`Table`:{`CapacityUnits`:0.5}}]"));
    }

    @Test
    void aRetriedBatchTakesEffectOnce() {
        Caller caller = Caller.ANYBODY.retrying("batch");
        String body = "{`RequestItems`:{" + puts("hash", 500, 510) + "}}";
        api.call(caller, OperationName.BatchWriteItem, body);
        api.call(OperationName.PutItem, "{`TableName`:`hash`,`Item`:{`pk`:{`S`:`503`},`v`:{`S`:`written since`}}}");

        assertThat(api.call(caller, OperationName.BatchWriteItem, body)).isEqualTo(json("{`UnprocessedItems`:{}}"));

        assertThat(api.call(
                                OperationName.GetItem,
                                "{`TableName`:`hash`,`Key`:{`pk`:{`S`:`503`}},`ConsistentRead`:true}")
                        .at("/Item/v/S")
                        .asText())
                .isEqualTo("written since");
    }

    @Test
    void theTokenOfABatchCoversAllOfItsWrites() {
        Answer written = api.answer(
                Caller.ANYBODY, OperationName.BatchWriteItem, "{`RequestItems`:{" + puts("hash", 300, 325) + "}}");

        JsonNode got = api.call(
                Caller.ANYBODY.having(written.readToken()),
                OperationName.BatchGetItem,
                "{`RequestItems`:{`hash`:{" + keys(300, 325) + "}}}");

        assertThat(written.readToken().lsns()).hasSize(SmallCluster.SHARDS);
        assertThat(got.at("/Responses/hash")).hasSize(25);
    }

    @Test
    void anAnswerHoldsAtMost16Megabytes() {
        String value = "x".repeat(390_000);
        for (int i = 0; i < 60; i++) {
            api.call(
                    OperationName.PutItem,
                    "{`TableName`:`hash`,`Item`:{`pk`:{`S`:`big" + i + "`},`v`:{`S`:`" + value + "`}}}");
        }
        String keys = IntStream.range(0, 60)
                .mapToObj(i -> "{`pk`:{`S`:`big" + i + "`}}")
                .collect(Collectors.joining(","));
        Set<String> found = new HashSet<>();
        String request = "`hash`:{`Keys`:[" + keys + "],`ConsistentRead`:true}";

        JsonNode first = get(request);
        first.at("/Responses/hash").forEach(item -> found.add(item.at("/pk/S").asText()));
        JsonNode rest = first.at("/UnprocessedKeys/hash");

        assertThat(found).hasSize((16 << 20) / 390_010);
        assertThat(rest.path("ConsistentRead").asBoolean()).isTrue();
        assertThat(rest.path("Keys")).hasSize(60 - found.size());
        JsonNode second = get("`hash`:" + rest.toString().replace('"', '`'));
        second.at("/Responses/hash").forEach(item -> found.add(item.at("/pk/S").asText()));
        assertThat(found).hasSize(60);
    }

    @Test
    void whatAShardDoesNotServeIsGivenBackAsUnprocessed() {
        ShardId dead = new ShardId(1);
        try (ItemApi without = impatient()) {
            write(without, puts("hash", 400, 420));
            without.cluster().intercept(request -> isFor(request, dead) ? failing(Kind.OVERLOADED) : Optional.empty());

            JsonNode written = write(without, puts("hash", 400, 420));
            JsonNode got = get(without, "`hash`:{" + keys(400, 420) + ",`ConsistentRead`:true}");

            JsonNode unwritten = written.at("/UnprocessedItems/hash");
            JsonNode ungot = got.at("/UnprocessedKeys/hash/Keys");
            assertThat(unwritten.size()).isBetween(1, 19);
            assertThat(ungot).hasSameSizeAs(unwritten);
            assertThat(got.at("/Responses/hash")).hasSize(20 - ungot.size());
            assertThat(unwritten.get(0).at("/PutRequest/Item/pk"))
                    .isEqualTo(ungot.get(0).path("pk"));
        }
    }

    private static boolean isFor(NodeRequest request, ShardId shard) {
        return switch (request) {
            case NodeRequest.Write write -> write.shard().equals(shard);
            case NodeRequest.Get get -> get.shard().equals(shard);
            default -> false;
        };
    }

    @Test
    void aBatchOfWhichNothingIsServedFails() {
        try (ItemApi without = impatient()) {
            without.cluster().intercept(request -> failing(Kind.OVERLOADED));
            assertThat(refusal(() -> write(without, puts("hash", 0, 3))).type()).isEqualTo(ErrorType.THROTTLING);

            without.cluster().intercept(request -> failing(Kind.NOT_SERVING));
            assertThat(refusal(() -> write(without, puts("hash", 0, 3))).type())
                    .isEqualTo(ErrorType.SERVICE_UNAVAILABLE);
            assertThat(refusal(() -> get(without, "`hash`:{" + keys(0, 3) + "}"))
                            .type())
                    .isEqualTo(ErrorType.SERVICE_UNAVAILABLE);
        }
    }

    @Test
    void aWriteThatMayHaveTakenEffectIsAnInternalError() {
        try (ItemApi without = impatient()) {
            without.cluster().intercept(request -> failing(Kind.TIMEOUT));

            ApiException refusal =
                    refusal(() -> without.call(OperationName.PutItem, "{`TableName`:`hash`,`Item`:{`pk`:{`S`:`a`}}}"));

            assertThat(refusal.type()).isEqualTo(ErrorType.INTERNAL_SERVER_ERROR);
        }
    }

    private static Optional<CompletionStage<NodeReply>> failing(Kind kind) {
        return Optional.of(CompletableFuture.failedFuture(new NodeException(kind, "as the test says")));
    }
}
