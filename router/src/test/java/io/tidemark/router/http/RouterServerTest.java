package io.tidemark.router.http;

import static io.tidemark.router.http.RouterFixture.JSON;
import static io.tidemark.router.http.RouterFixture.TARGET;
import static io.tidemark.router.http.RouterFixture.answer;
import static io.tidemark.router.http.RouterFixture.bytes;
import static io.tidemark.router.http.RouterFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.router.auth.Credentials;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ErrorType;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.Call;
import io.tidemark.router.operation.OperationName;
import io.tidemark.router.operation.ReadToken;
import io.tidemark.router.operation.TableAccess;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouterServerTest {
    private static final String UNKNOWN_OPERATION =
            "{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"}";
    private static final String SERIALIZATION = "{\"__type\":\"com.amazon.coral.service#SerializationException\"}";
    private static final String LONG_JSON = "{\"TableNames\":[\"" + "x".repeat(10_000) + "\"]}";

    private static RouterFixture router;

    @BeforeAll
    static void start() {
        router = RouterFixture.open(RouterServerTest::script);
    }

    @AfterAll
    static void stop() {
        router.close();
    }

    @BeforeEach
    void forget() {
        router.calls.clear();
    }

    private static java.util.concurrent.CompletionStage<Answer> script(Call call) {
        return switch (call.operation()) {
            case ListTables -> answer("{\"TableNames\":[]}");
            case Scan -> answer(LONG_JSON);
            case TagResource -> answer("");
            case PutItem ->
                CompletableFuture.completedFuture(new Answer(
                        bytes("{}"),
                        new ReadToken(Map.of(new ShardId(7), new Lsn(40), new ShardId(2), new Lsn(9_000_000_000L)))));
            case DeleteItem -> throw ApiException.validation("not \"so\"\n");
            case UpdateItem ->
                CompletableFuture.failedFuture(
                        new ApiException(ErrorType.RESOURCE_NOT_FOUND, "Requested resource not found"));
            case BatchWriteItem ->
                throw new ApiException(
                        ErrorType.CONDITIONAL_CHECK_FAILED,
                        "The conditional request failed",
                        Optional.of(Item.of(Map.of("a", new AttributeValue.S("b")))));
            case GetItem -> CompletableFuture.failedFuture(new IllegalStateException("a secret of the item"));
            case Query -> throw new StackOverflowError();
            default -> answer("{}");
        };
    }

    private static String crc(byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        return Long.toString(crc.getValue());
    }

    private static void assertEnvelope(HttpResponse<byte[]> response) {
        assertThat(response.headers().firstValue("x-amzn-requestid"))
                .hasValueSatisfying(id -> assertThat(id).matches("[0-9A-Z]{52}"));
        assertThat(response.headers().firstValue("x-amz-crc32")).hasValue(crc(response.body()));
        assertThat(response.headers().firstValue("content-length")).hasValue(Integer.toString(response.body().length));
    }

    @Test
    void anAnswerComesInItsEnvelope() throws Exception {
        HttpResponse<byte[]> response = router.call(OperationName.ListTables, "{\"Limit\": 5}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(text(response)).isEqualTo("{\"TableNames\":[]}");
        assertThat(response.headers().firstValue("content-type")).hasValue(JSON);
        assertThat(response.headers().firstValue("date")).isPresent();
        assertEnvelope(response);
        Call call = router.calls.getFirst();
        assertThat(call.operation()).isEqualTo(OperationName.ListTables);
        assertThat(call.parameters().toString()).isEqualTo("{\"Limit\":5}");
        assertThat(call.accessKeyId()).isEmpty();
        assertThat(call.access()).isEqualTo(TableAccess.ALL);
        assertThat(call.retryToken()).isEmpty();
        assertThat(call.readToken()).isEqualTo(ReadToken.NONE);
    }

    @Test
    void anAnswerMayBeEmpty() throws Exception {
        HttpResponse<byte[]> response = router.call(
                OperationName.TagResource,
                "{\"ResourceArn\":\"arn:aws:dynamodb:us-east-1:000000000000:table/abc\",\"Tags\":[]}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertEnvelope(response);
    }

    @Test
    void http2IsServedOnTheSamePort() throws Exception {
        try (HttpClient http2 =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            for (int i = 0; i < 3; i++) {
                HttpResponse<byte[]> response =
                        http2.send(router.request(TARGET + "ListTables", "{}").build(), BodyHandlers.ofByteArray());
                assertThat(text(response)).isEqualTo("{\"TableNames\":[]}");
                assertEnvelope(response);
                assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
            }
        }
    }

    @Test
    void requestIdsDiffer() throws Exception {
        assertThat(router.call(OperationName.ListTables, "{}").headers().firstValue("x-amzn-requestid"))
                .isNotEqualTo(
                        router.call(OperationName.ListTables, "{}").headers().firstValue("x-amzn-requestid"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json;charset=utf-8", "  application/json  ;  x"})
    void plainJsonIsAnsweredAsSuch(String contentType) throws Exception {
        HttpResponse<byte[]> response = router.send(router.request(TARGET + "ListTables", "{}")
                .setHeader("Content-Type", contentType)
                .build());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"whatever", "application/x-amz-json-1.1", "application/jsonasdf", "text/plain; application/json"
            })
    void anotherContentTypeIsNotFound(String contentType) throws Exception {
        HttpResponse<byte[]> response = router.send(router.request(TARGET + "ListTables", "{}")
                .setHeader("Content-Type", contentType)
                .build());
        assertNotFound(response);
    }

    private static void assertNotFound(HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(text(response)).isEqualTo("<UnknownOperationException/>\n");
        assertThat(response.headers().firstValue("x-amz-crc32")).hasValue("3552371480");
        assertEnvelope(response);
    }

    @Test
    void anotherMethodIsNotFound() throws Exception {
        for (String method : List.of("PUT", "DELETE", "PATCH", "OPTIONS")) {
            assertNotFound(router.send(HttpRequest.newBuilder(router.uri())
                    .method(method, BodyPublishers.noBody())
                    .build()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whatever",
                "DynamoDB_20120810.ListTable",
                "DynamoDB_20120810.TransactWriteItems",
                "DynamoDB_20120810.",
                "DynamoDB_20111205.ListTables",
                "DynamoDBStreams_20120810.ListStreams",
                "ListTables"
            })
    void anUnknownTargetIsAnUnknownOperation(String target) throws Exception {
        HttpResponse<byte[]> response = router.send(router.request(target, "{}").build());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(text(response)).isEqualTo(UNKNOWN_OPERATION);
        assertThat(response.headers().firstValue("x-amz-crc32")).hasValue("1368724161");
        assertEnvelope(response);
    }

    @Test
    void noTargetIsAnUnknownOperation() throws Exception {
        HttpResponse<byte[]> response = router.send(HttpRequest.newBuilder(router.uri())
                .POST(BodyPublishers.noBody())
                .build());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(text(response)).isEqualTo(UNKNOWN_OPERATION);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hi",
                "{",
                "{\"TableName\":",
                "}{",
                "{}{}",
                "[]",
                "7",
                "null",
                "\"a\"",
                "{'a':1}",
                "{\"a\":01}",
                "{}x"
            })
    void whatIsNoJsonObjectIsASerializationError(String body) throws Exception {
        HttpResponse<byte[]> response = router.call(OperationName.ListTables, body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(text(response)).isEqualTo(SERIALIZATION);
        assertThat(response.headers().firstValue("x-amz-crc32")).hasValue("3948637019");
    }

    @Test
    void deepNestingIsASerializationError() throws Exception {
        String deep = "{\"a\":".repeat(200_000) + "1" + "}".repeat(200_000);
        HttpResponse<byte[]> response = router.call(OperationName.PutItem, deep);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(text(response)).isEqualTo(SERIALIZATION);
    }

    @Test
    void bytesThatAreNoUtf8AreASerializationError() throws Exception {
        HttpResponse<byte[]> response = router.send(router.request(TARGET + "ListTables", "")
                .POST(BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'}))
                .build());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(text(response)).isEqualTo(SERIALIZATION);
    }

    @Test
    void aWrongTypeIsTold() throws Exception {
        HttpResponse<byte[]> response = router.call(OperationName.ListTables, "{\"Limit\":\"5\"}");
        assertThat(text(response))
                .isEqualTo("{\"__type\":\"com.amazon.coral.service#SerializationException\","
                        + "\"Message\":\"STRING_VALUE cannot be converted to Integer\"}");
    }

    @Test
    void anErrorOfAnOperationIsTold() throws Exception {
        HttpResponse<byte[]> thrown = router.call(OperationName.DeleteItem, "{\"TableName\":\"abc\",\"Key\":{}}");
        assertThat(thrown.statusCode()).isEqualTo(400);
        assertThat(text(thrown))
                .isEqualTo("{\"__type\":\"com.amazon.coral.validate#ValidationException\","
                        + "\"message\":\"not \\\"so\\\"\\n\"}");
        assertEnvelope(thrown);
        HttpResponse<byte[]> failed = router.call(OperationName.UpdateItem, "{\"TableName\":\"abc\",\"Key\":{}}");
        assertThat(failed.statusCode()).isEqualTo(400);
        assertThat(text(failed))
                .isEqualTo("{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\","
                        + "\"message\":\"Requested resource not found\"}");
    }

    @Test
    void theItemThatBrokeAConditionIsTold() throws Exception {
        HttpResponse<byte[]> response = router.call(
                OperationName.BatchWriteItem, "{\"RequestItems\":{\"abc\":[{\"PutRequest\":{\"Item\":{}}}]}}");
        assertThat(text(response))
                .isEqualTo("{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\","
                        + "\"message\":\"The conditional request failed\",\"Item\":{\"a\":{\"S\":\"b\"}}}");
    }

    @Test
    void aFaultOfTheServerTellsNothingOfItself() throws Exception {
        for (OperationName operation : List.of(OperationName.GetItem, OperationName.Query)) {
            HttpResponse<byte[]> response = router.call(operation, "{\"TableName\":\"abc\",\"Key\":{}}");
            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(text(response))
                    .isEqualTo("{\"__type\":\"com.amazonaws.dynamodb.v20120810#InternalServerError\","
                            + "\"message\":\"Internal server error\"}");
            assertEnvelope(response);
        }
    }

    @Test
    void theHealthLineIsThere() throws Exception {
        HttpResponse<byte[]> response =
                router.send(HttpRequest.newBuilder(router.uri().resolve("/")).build());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(text(response)).isEqualTo("healthy: dynamodb.us-east-1.amazonaws.com ");
        assertEnvelope(response);
        for (String path : List.of("/abc", "/-", "/index.htm", "/health")) {
            assertNotFound(router.send(
                    HttpRequest.newBuilder(router.uri().resolve(path)).build()));
        }
    }

    @Test
    void browsersOfEveryOriginAreServed() throws Exception {
        HttpResponse<byte[]> preflight = router.send(HttpRequest.newBuilder(router.uri())
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "http://example.com")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "a, b, c")
                .build());
        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.body()).isEmpty();
        Map<String, String> expected = Map.of(
                "access-control-allow-origin", "*",
                "access-control-allow-methods", "POST",
                "access-control-allow-headers", "a, b, c",
                "access-control-max-age", "172800",
                "content-length", "0");
        expected.forEach((name, value) ->
                assertThat(preflight.headers().firstValue(name)).hasValue(value));
        HttpResponse<byte[]> post = router.send(router.request(TARGET + "ListTables", "{}")
                .header("Origin", "http://example.com")
                .build());
        assertThat(post.headers().firstValue("access-control-allow-origin")).hasValue("*");
        assertThat(post.headers().firstValue("access-control-expose-headers")).isPresent();
        assertThat(post.headers().firstValue("access-control-max-age")).isEmpty();
        assertThat(router.call(OperationName.ListTables, "{}").headers().map().keySet())
                .noneMatch(name -> name.startsWith("access-control"));
    }

    @Test
    void aLongAnswerIsCompressedForWhoAccepts() throws Exception {
        String scan = "{\"TableName\":\"abc\"}";
        HttpResponse<byte[]> plain = router.call(OperationName.Scan, scan);
        assertThat(text(plain)).isEqualTo(LONG_JSON);
        assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
        HttpResponse<byte[]> gzip = router.send(router.request(TARGET + "Scan", scan)
                .header("Accept-Encoding", "gzip")
                .build());
        assertThat(gzip.headers().firstValue("content-encoding")).hasValue("gzip");
        assertThat(gzip.body().length).isLessThan(1_000);
        assertEnvelope(gzip);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
                .isEqualTo(LONG_JSON.getBytes(StandardCharsets.UTF_8));
        HttpResponse<byte[]> deflate = router.send(router.request(TARGET + "Scan", scan)
                .header("Accept-Encoding", "gzip;q=0.2, deflate")
                .build());
        assertThat(new InflaterInputStream(new ByteArrayInputStream(deflate.body())).readAllBytes())
                .isEqualTo(LONG_JSON.getBytes(StandardCharsets.UTF_8));
        assertEnvelope(deflate);
        assertThat(router.send(router.request(TARGET + "ListTables", "{}")
                                .header("Accept-Encoding", "gzip")
                                .build())
                        .headers()
                        .firstValue("content-encoding"))
                .isEmpty();
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(body);
        }
        return compressed.toByteArray();
    }

    private static HttpRequest encoded(String encoding, byte[] body) {
        return router.request(TARGET + "ListTables", "")
                .header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    @Test
    void aCompressedRequestIsRead() throws Exception {
        byte[] body = "{\"Limit\": 3}".getBytes(StandardCharsets.UTF_8);
        assertThat(router.send(encoded("gzip", gzip(body))).statusCode()).isEqualTo(200);
        assertThat(router.calls.getLast().parameters().toString()).isEqualTo("{\"Limit\":3}");
        byte[] halves = new byte[0];
        for (byte[] half : List.of(gzip("{\"Limit\":".getBytes(StandardCharsets.UTF_8)), gzip(new byte[] {'4', '}'}))) {
            byte[] both = new byte[halves.length + half.length];
            System.arraycopy(halves, 0, both, 0, halves.length);
            System.arraycopy(half, 0, both, halves.length, half.length);
            halves = both;
        }
        assertThat(router.send(encoded("GZIP", halves)).statusCode()).isEqualTo(200);
        assertThat(router.calls.getLast().parameters().toString()).isEqualTo("{\"Limit\":4}");
        assertThat(router.send(encoded("identity", body)).statusCode()).isEqualTo(200);
    }

    @Test
    void aBodyThatIsNotEncodedAsItSaysIsRefused() throws Exception {
        byte[] body = "{\"Limit\": 3}".getBytes(StandardCharsets.UTF_8);
        byte[] compressed = gzip(body);
        for (HttpRequest request : List.of(
                encoded("gzip", body),
                encoded("garbage", body),
                encoded("gzip", java.util.Arrays.copyOf(compressed, compressed.length - 1)))) {
            HttpResponse<byte[]> response = router.send(request);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(text(response)).contains("#SerializationException\"");
        }
        assertThat(router.calls).isEmpty();
    }

    @Test
    void aBodyThatDecodesToMoreThanABodyMayHaveIsRefused() throws Exception {
        byte[] bomb = gzip(new byte[RouterServer.MAX_REQUEST_BYTES + 1]);
        assertThat(router.send(encoded("gzip", bomb)).statusCode()).isEqualTo(413);
    }

    @Test
    void aWriteTellsWhatALaterReadMustSee() throws Exception {
        HttpResponse<byte[]> put = router.call(OperationName.PutItem, "{\"TableName\":\"abc\",\"Item\":{}}");
        assertThat(put.headers().firstValue("x-tidemark-lsn")).hasValue("2:9000000000,7:40");
        router.send(router.request(TARGET + "ListTables", "{}")
                .header("x-tidemark-lsn", "2:9000000000,7:40")
                .build());
        assertThat(router.calls.getLast().readToken())
                .isEqualTo(new ReadToken(Map.of(new ShardId(7), new Lsn(40), new ShardId(2), new Lsn(9_000_000_000L))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "1",
                "1:",
                ":1",
                "1:2,",
                "1:-2",
                "1:2:3",
                "99999999999:1",
                "1:99999999999999999999",
                "1:2,1:3"
            })
    void aMalformedReadTokenIsAValidationError(String token) throws Exception {
        HttpResponse<byte[]> response = router.send(router.request(TARGET + "ListTables", "{}")
                .header("x-tidemark-lsn", token)
                .build());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(text(response)).contains("#ValidationException\"", "x-tidemark-lsn");
    }

    @Test
    void attemptsOfOneCallHaveTheSameRetryToken() throws Exception {
        String put = "{\"TableName\":\"abc\",\"Item\":{}}";
        for (String[] attempt : new String[][] {
            {"PutItem", "one", put}, {"PutItem", "one", put}, {"PutItem", "two", put}, {"PutItem", "one", put + " "}
        }) {
            router.send(router.request(TARGET + attempt[0], attempt[2])
                    .header("amz-sdk-invocation-id", attempt[1])
                    .header("amz-sdk-request", "attempt=1")
                    .build());
        }
        assertThat(router.calls)
                .hasSize(4)
                .allSatisfy(call -> assertThat(call.retryToken())
                        .hasValueSatisfying(token -> assertThat(token.length()).isEqualTo(32)));
        assertThat(router.calls.get(1).retryToken())
                .isEqualTo(router.calls.get(0).retryToken());
        assertThat(router.calls.get(2).retryToken())
                .isNotEqualTo(router.calls.get(0).retryToken());
        assertThat(router.calls.get(3).retryToken())
                .isNotEqualTo(router.calls.get(0).retryToken());
    }

    @Test
    void requestsAreMeasuredByOperationAndResult() throws Exception {
        router.call(OperationName.DescribeLimits, "{}");
        router.call(OperationName.DescribeLimits, "{}");
        router.call(OperationName.DescribeTable, "{}");
        router.send(router.request("whatever", "{}").build());
        assertThat(router.meters
                        .get("tidemark.router.requests")
                        .tags("operation", "DescribeLimits", "result", "ok")
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(router.meters
                        .get("tidemark.router.requests")
                        .tags("operation", "DescribeTable", "result", "validation")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(router.meters
                        .get("tidemark.router.requests")
                        .tags("operation", "unknown", "result", "unknown_operation")
                        .timer()
                        .count())
                .isPositive();
        assertThat(router.meters.get("tidemark.router.connections").gauge().value())
                .isPositive();
    }

    @Test
    void aPortThatIsTakenIsToldAtTheStart() {
        RouterConfig taken =
                RouterConfig.of(RouterFixture.LOOPBACK, router.uri().getPort());
        assertThatThrownBy(() -> new RouterFixture(taken, Credentials.NONE, call -> answer("{}")))
                .isInstanceOf(RouterStartException.class)
                .hasMessageContaining(Integer.toString(router.uri().getPort()))
                .hasMessageContaining("set another port");
    }
}
