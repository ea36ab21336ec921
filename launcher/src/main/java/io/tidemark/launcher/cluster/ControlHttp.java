package io.tidemark.launcher.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.client.NetworkFailure;
import io.tidemark.schema.catalog.CatalogException;
import io.tidemark.schema.catalog.CatalogException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Plain requests to the control plane for what is no administration of tables. Thread-safe. */
public final class ControlHttp implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<URI> endpoints;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    /** @param endpoints where one cannot be reached the next is asked */
    public ControlHttp(List<URI> endpoints) {
        this.endpoints = List.copyOf(endpoints);
    }

    /**
     * @return empty if that endpoint does not serve the path
     * @throws CatalogException if none can be reached, or one answers with an error
     */
    public Optional<JsonNode> get(String path) {
        HttpResponse<String> response = send(path, request -> request.GET().timeout(TIMEOUT), BodyHandlers.ofString());
        if (response.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        JsonNode body = parse(response.body());
        if (response.statusCode() != OK) {
            throw failure(body, response.statusCode());
        }
        return Optional.of(body);
    }

    /**
     * Asks for something that takes long and tells how far it is, one JSON object a line.
     *
     * @return empty if that endpoint does not serve the path; to be closed
     */
    public Optional<Stream<JsonNode>> post(String path) {
        HttpResponse<Stream<String>> response =
                send(path, request -> request.POST(HttpRequest.BodyPublishers.noBody()), BodyHandlers.ofLines());
        if (response.statusCode() == NOT_FOUND) {
            response.body().close();
            return Optional.empty();
        }
        Stream<JsonNode> lines = response.body().map(ControlHttp::parse);
        if (response.statusCode() != OK) {
            try (lines) {
                throw failure(lines.findFirst().orElseGet(MAPPER::createObjectNode), response.statusCode());
            }
        }
        return Optional.of(lines);
    }

    /** Adds to a request what it asks for. */
    @FunctionalInterface
    private interface Method {
        HttpRequest.Builder of(HttpRequest.Builder request);
    }

    private <T> HttpResponse<T> send(String path, Method method, HttpResponse.BodyHandler<T> body) {
        CatalogException failure = new CatalogException(Kind.INVALID_REQUEST, "no endpoint is given");
        for (URI endpoint : endpoints) {
            try {
                return client.send(
                        method.of(HttpRequest.newBuilder(endpoint.resolve(path)))
                                .build(),
                        body);
            } catch (IOException e) {
                failure = new CatalogException(
                        Kind.UNAVAILABLE, endpoint + " cannot be reached: " + NetworkFailure.describe(e), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CatalogException(Kind.UNAVAILABLE, "interrupted", e);
            }
        }
        throw failure;
    }

    private static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new CatalogException(Kind.INTERNAL, "the control plane answered what is no JSON: " + e, e);
        }
    }

    private static CatalogException failure(JsonNode body, int status) {
        String kind = body.path("kind").asText(Kind.INTERNAL.name());
        String message = body.path("message").asText("the control plane answered with status " + status);
        for (Kind known : Kind.values()) {
            if (known.name().equals(kind)) {
                return new CatalogException(known, message);
            }
        }
        return new CatalogException(Kind.INTERNAL, message);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
