package io.tidemark.simulation.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Single attempts at operations of the API, without a signature. Thread-safe. */
public final class ApiClient implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /**
     * What a router answered.
     *
     * @param took from before the request was sent until its answer was there
     */
    public record Reply(int status, JsonNode body, Duration took) {
        public boolean succeeded() {
            return status == 200;
        }

        /** The error's name without its namespace; empty if it is none. */
        public String error() {
            return body.path("__type").asText("").replaceFirst(".*#", "");
        }
    }

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final Duration attemptTimeout;

    /** @param attemptTimeout until an answer must be there */
    public ApiClient(Duration attemptTimeout) {
        this.attemptTimeout = attemptTimeout;
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * @param invocationId the same for all attempts of one operation, as the AWS SDKs send it
     * @return empty if no answer came, or half of one
     */
    public Optional<Reply> call(URI router, String operation, JsonNode parameters, String invocationId)
            throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(router)
                .timeout(attemptTimeout)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .header("amz-sdk-invocation-id", invocationId)
                .POST(BodyPublishers.ofString(parameters.toString()))
                .build();
        long startNanos = System.nanoTime();
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
            return Optional.of(new Reply(response.statusCode(), json(response.body()), took));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static JsonNode json(byte[] body) throws IOException {
        try {
            return MAPPER.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
