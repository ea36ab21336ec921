package io.tidemark.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.conformance.cluster.ClusterExtension;
import io.tidemark.conformance.cluster.Endpoint;
import io.tidemark.conformance.differential.Side;
import io.tidemark.conformance.differential.TableShape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What surrounds a request and its answer. Source: the suite of dynalite (test/connection.js), recorded from AWS. */
@ExtendWith(ClusterExtension.class)
class EnvelopeTest {
    private static final TableShape TABLE = TableShape.all("envelope").getFirst();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void createTable(Endpoint endpoint) {
        try (ApiClient client = endpoint.client()) {
            new Side(client).createTables(List.of(TABLE));
        }
    }

    private static ApiRequest put(String key) {
        return new ApiRequest(
                "PutItem", "{\"TableName\": \"" + TABLE.name() + "\", \"Item\": {\"pk\": {\"S\": \"" + key + "\"}}}");
    }

    private static ApiRequest get(String key) {
        return new ApiRequest(
                "GetItem", "{\"TableName\": \"" + TABLE.name() + "\", \"Key\": {\"pk\": {\"S\": \"" + key + "\"}}}");
    }

    private static ApiRequest increment(String key) {
        return new ApiRequest(
                "UpdateItem",
                "{\"TableName\": \"" + TABLE.name() + "\", \"Key\": {\"pk\": {\"S\": \"" + key
                        + "\"}}, \"UpdateExpression\": \"ADD n :one\", \"ReturnValues\": \"UPDATED_NEW\","
                        + " \"ExpressionAttributeValues\": {\":one\": {\"N\": \"1\"}}}");
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void anyoneMayAskForItsHealth(Endpoint endpoint) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(endpoint.uri()).build());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("healthy: ");
        assertThat(answer.headers().firstValue("x-amzn-requestid")).isPresent();
    }

    @Test
    void errorsHaveTheirFullTypeAndTheMemberThatClientsRead(Endpoint endpoint) {
        try (ApiClient client = endpoint.client()) {
            ApiAnswer validation = client.send(new ApiRequest("PutItem", "{}"));
            ApiAnswer missing = client.send(new ApiRequest("Scan", "{\"TableName\": \"missing\"}"));
            ApiAnswer serialization = client.send(new ApiRequest("Scan", "{\"TableName\": 1}"));

            assertThat(validation.body().path("__type").asText())
                    .isEqualTo("com.amazon.coral.validate#ValidationException");
            assertThat(validation.body().has("message")).isTrue();
            assertThat(missing.body().path("__type").asText())
                    .isEqualTo("com.amazonaws.dynamodb.v20120810#ResourceNotFoundException");
            assertThat(missing.body().has("message")).isTrue();
            assertThat(serialization.body().path("__type").asText())
                    .isEqualTo("com.amazon.coral.service#SerializationException");
            assertThat(serialization.body().has("Message")).isTrue();
        }
    }

    @Test
    void aRequestWithoutASignatureIsRefused(Endpoint endpoint) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(endpoint.uri())
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "DynamoDB_20120810.ListTables")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer.body()))
                .isEqualTo(json("{\"__type\": \"com.amazon.coral.service#MissingAuthenticationTokenException\","
                        + " \"message\": \"Request is missing Authentication Token\"}"));
    }

    @Test
    void browsersMayAskFirst(Endpoint endpoint) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(endpoint.uri())
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .setHeader("Origin", "https://tides.example")
                .setHeader("Access-Control-Request-Headers", "x-amz-target, authorization")
                .setHeader("Access-Control-Request-Method", "POST")
                .build());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("access-control-allow-origin")).contains("*");
        assertThat(answer.headers().firstValue("access-control-allow-headers")).contains("x-amz-target, authorization");
        assertThat(answer.headers().firstValue("access-control-max-age")).contains("172800");
    }

    @Test
    void answersAreCompressedWhereAskedTo(Endpoint endpoint) throws IOException {
        try (ApiClient client = endpoint.client()) {
            IntStream.range(0, 50)
                    .forEach(number -> assertThat(client.send(put("packed".repeat(100) + number))
                                    .isSuccess())
                            .isTrue());
            HttpResponse<byte[]> answer = client.exchange(
                    new ApiRequest("Scan", "{\"TableName\": \"" + TABLE.name() + "\", \"ConsistentRead\": true}"),
                    Map.of("Accept-Encoding", "gzip"));

            assertThat(answer.headers().firstValue("content-encoding")).contains("gzip");
            try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
                assertThat(new ObjectMapper().readTree(unpacked).path("Count").asInt())
                        .isGreaterThanOrEqualTo(50);
            }
        }
    }

    /** Source: reference, TagResource and UntagResource, "Response Elements". */
    @Test
    void tagsAreChangedWithoutAWord(Endpoint endpoint) {
        try (ApiClient client = endpoint.client()) {
            String arn = client.send(new ApiRequest("DescribeTable", "{\"TableName\": \"" + TABLE.name() + "\"}"))
                    .body()
                    .at("/Table/TableArn")
                    .asText();
            for (ApiRequest change : List.of(
                    new ApiRequest(
                            "TagResource",
                            "{\"ResourceArn\": \"" + arn + "\", \"Tags\": [{\"Key\": \"a\", \"Value\": \"b\"}]}"),
                    new ApiRequest("UntagResource", "{\"ResourceArn\": \"" + arn + "\", \"TagKeys\": [\"a\"]}"))) {
                HttpResponse<byte[]> answer = client.exchange(change, Map.of());

                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).isEmpty();
                assertThat(answer.headers().firstValue("x-amz-crc32")).contains("0");
            }
        }
    }

    @Test
    void aBodyOverSixteenMebibytesIsRefusedBeforeItIsSent(Endpoint endpoint) throws IOException {
        try (Socket socket = new Socket(endpoint.uri().getHost(), endpoint.uri().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(String.join(
                                    "\r\n",
                                    "POST / HTTP/1.1",
                                    "Host: localhost",
                                    "Content-Type: application/x-amz-json-1.0",
                                    "X-Amz-Target: DynamoDB_20120810.PutItem",
                                    "Content-Length: 16777217",
                                    "",
                                    "")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 413".length());

            assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void aRetryOfTheSameCallTakesEffectOnce(Endpoint endpoint) throws JsonProcessingException {
        try (ApiClient client = endpoint.client()) {
            Map<String, String> call = Map.of("amz-sdk-invocation-id", "6f1c2a53-8f0e-4b32-9d0e-0a4f5a4e9b11");
            JsonNode one = json("{\"Attributes\": {\"n\": {\"N\": \"1\"}}}");

            assertThat(client.send(increment("retried"), call).body()).isEqualTo(one);
            assertThat(client.send(increment("retried"), call).body()).isEqualTo(one);
            assertThat(client.send(increment("retried"))
                            .body()
                            .at("/Attributes/n/N")
                            .asText())
                    .isEqualTo("2");
        }
    }

    @Test
    void aReadThatSendsTheTokenBackSeesTheWrite(Endpoint endpoint) {
        try (ApiClient writer = endpoint.client();
                ApiClient reader = endpoint.client()) {
            for (int number = 0; number < 50; number++) {
                String key = "token" + number;
                String token = writer.exchange(put(key), Map.of())
                        .headers()
                        .firstValue(ReadTokens.HEADER)
                        .orElseThrow();
                HttpResponse<byte[]> found = reader.exchange(get(key), Map.of(ReadTokens.HEADER, token));

                assertThat(new String(found.body(), StandardCharsets.UTF_8)).contains("\"" + key + "\"");
            }
        }
    }
}
