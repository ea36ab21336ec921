package io.tidemark.catalog.http;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ResponseTimeoutException;
import com.linecorp.armeria.client.ResponseTimeoutMode;
import com.linecorp.armeria.client.UnprocessedRequestException;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.WebClientRequestPreparation;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import io.tidemark.client.NetworkFailure;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.catalog.CatalogException;
import io.tidemark.schema.catalog.CatalogException.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Requests to the control processes of a cluster, one after the other until one can be reached and is able to serve. One that took
 * a request and did not answer is asked last from then on. Thread-safe.
 */
final class ControlConnection implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    /** Longer than the catalog's own limit for a change, so that its words arrive. */
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(30);

    private final ClientFactory factory;
    private final List<URI> uris;
    private final List<WebClient> clients;
    private volatile int reachable;

    ControlConnection(List<URI> uris) {
        if (uris.isEmpty()) {
            throw new IllegalArgumentException("at least one address of a control process is needed");
        }
        uris.forEach(ControlConnection::requireAddress);
        this.uris = List.copyOf(uris);
        // On the event loops that all clients of the process share: own ones take two seconds to close.
        factory = ClientFactory.builder().connectTimeout(CONNECT_TIMEOUT).build();
        clients = uris.stream()
                .map(uri -> WebClient.builder(uri)
                        .factory(factory)
                        .maxResponseLength(ControlProtocol.MAX_RESPONSE_BYTES)
                        .responseTimeoutMode(ResponseTimeoutMode.FROM_START)
                        .build())
                .toList();
    }

    private static void requireAddress(URI uri) {
        if (!"http".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 1) {
            throw new IllegalArgumentException("a control process's address looks like http://host:port, not " + uri);
        }
    }

    <T> CompletionStage<T> get(String path, Function<JsonFields, T> reader) {
        return get(path, Duration.ZERO, reader);
    }

    /** @param wait that the server is asked for on top of the time for its answer */
    <T> CompletionStage<T> get(String path, Duration wait, Function<JsonFields, T> reader) {
        return send(client -> client.prepare().get(path), wait).thenApply(response -> read(response, reader));
    }

    CompletionStage<Void> getNothing(String path, Duration wait) {
        return send(client -> client.prepare().get(path), wait).thenAccept(response -> {});
    }

    <T> CompletionStage<T> change(
            HttpMethod method,
            String path,
            Optional<byte[]> body,
            RequestId requestId,
            Function<JsonFields, T> reader) {
        return send(
                        client -> {
                            var request = client.prepare()
                                    .method(method)
                                    .path(path)
                                    .header(ControlProtocol.REQUEST_ID_HEADER, requestId.toString());
                            body.ifPresent(json -> request.content(MediaType.JSON_UTF_8, json));
                            return request;
                        },
                        Duration.ZERO)
                .thenApply(response -> read(response, reader));
    }

    private CompletionStage<AggregatedHttpResponse> send(
            Function<WebClient, WebClientRequestPreparation> request, Duration wait) {
        return attempt(request, wait, reachable, 1);
    }

    private CompletionStage<AggregatedHttpResponse> attempt(
            Function<WebClient, WebClientRequestPreparation> request, Duration wait, int index, int attempts) {
        WebClient client = clients.get(index);
        return request.apply(client)
                .responseTimeout(RESPONSE_TIMEOUT.plus(wait))
                .execute()
                .aggregate()
                .handle((response, failure) -> {
                    if (failure == null && response.status().isSuccess()) {
                        reachable = index;
                        return CompletableFuture.completedFuture(response);
                    }
                    CatalogException refusal =
                            failure == null ? refusal(uris.get(index), response) : translated(uris.get(index), failure);
                    int next = (index + 1) % clients.size();
                    if (failure != null) {
                        passOver(index, next);
                    }
                    return refusal.kind() == Kind.UNAVAILABLE && attempts < clients.size()
                            ? attempt(request, wait, next, attempts + 1)
                            : CompletableFuture.<AggregatedHttpResponse>failedFuture(refusal);
                })
                .thenCompose(stage -> stage);
    }

    /** A process that hangs costs one request its time, and not every one. */
    private void passOver(int index, int next) {
        if (reachable == index) {
            reachable = next;
        }
    }

    private static CatalogException refusal(URI uri, AggregatedHttpResponse response) {
        HttpStatus status = response.status();
        try {
            return CatalogJsonReader.failure(JsonFields.parse(response.content().array()));
        } catch (InvalidJsonException foreign) {
            // From a proxy, or from the HTTP server itself.
            Kind kind = status.isClientError() ? Kind.INVALID_REQUEST : Kind.UNAVAILABLE;
            return new CatalogException(
                    kind,
                    uri + " answered " + status
                            + ", which is no answer of a control process: is this the address of one?");
        }
    }

    private static <T> T read(AggregatedHttpResponse response, Function<JsonFields, T> reader) {
        try {
            return reader.apply(JsonFields.parse(response.content().array()));
        } catch (InvalidJsonException | IllegalArgumentException foreign) {
            throw new CatalogException(
                    Kind.INTERNAL, "the answer is none of a control process: " + foreign.getMessage(), foreign);
        }
    }

    private static CatalogException translated(URI uri, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof UnprocessedRequestException) {
            return new CatalogException(
                    Kind.UNAVAILABLE, uri + " cannot be reached: " + NetworkFailure.describe(cause), cause);
        }
        if (cause instanceof ResponseTimeoutException) {
            return new CatalogException(Kind.TIMEOUT, uri + " did not answer in time", cause);
        }
        return new CatalogException(
                Kind.TIMEOUT, "the connection to " + uri + " broke: " + NetworkFailure.describe(cause), cause);
    }

    @Override
    public void close() {
        factory.close();
    }
}
