package io.tidemark.catalog.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.catalog.CatalogException;
import io.tidemark.schema.catalog.CatalogException.Kind;
import io.tidemark.schema.catalog.TableAdmin;
import io.tidemark.schema.catalog.TableList;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** Turns HTTP requests into calls of a {@link TableAdmin}. Nothing here blocks. */
public final class ControlHttpService {
    /** Longer than the catalog's own limit for a change. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

    /** One kind of request. What it throws or fails with becomes the answer. */
    @FunctionalInterface
    private interface Operation {
        CompletionStage<HttpResponse> answer(ServiceRequestContext context, AggregatedHttpRequest request);
    }

    private final TableAdmin admin;
    private final RandomGenerator random;

    /** @param random makes the ids of requests that bring none; must be thread-safe */
    public ControlHttpService(TableAdmin admin, RandomGenerator random) {
        this.admin = admin;
        this.random = random;
    }

    /** Adds every path of {@link ControlProtocol} but the health check. */
    public void addTo(ServerBuilder server) {
        String table = ControlProtocol.TABLES_PATH + "/{name}";
        String binding = ControlProtocol.BINDINGS_PATH + "/{id}";
        server.route().post(ControlProtocol.TABLES_PATH).build(service(this::createTable));
        server.route().get(ControlProtocol.TABLES_PATH).build(service(this::listTables));
        server.route().get(table).build(service(this::describeTable));
        server.route().delete(table).build(service(this::deleteTable));
        server.route().post(table + ControlProtocol.CHANGES_PATH).build(service(this::changeTable));
        server.route().post(ControlProtocol.BINDINGS_PATH).build(service(this::bindSource));
        server.route()
                .get(ControlProtocol.BINDINGS_PATH)
                .build(service((context, request) ->
                        admin.listBindings().thenApply(bindings -> ok(CatalogJson.writeBindings(bindings)))));
        server.route().delete(binding).build(service(this::unbindSource));
        server.route()
                .get(ControlProtocol.CLUSTER_PATH)
                .build(service((context, request) ->
                        admin.describeCluster().thenApply(cluster -> ok(CatalogJson.write(cluster)))));
        server.route()
                .get(ControlProtocol.STATUS_PATH)
                .build(service(
                        (context, request) -> admin.status().thenApply(status -> ok(CatalogJson.write(status)))));
    }

    private HttpService service(Operation operation) {
        return (context, http) -> HttpResponse.of(
                answer(context, http, operation).exceptionally(failure -> failed(catalogException(failure))));
    }

    private static CompletionStage<HttpResponse> answer(
            ServiceRequestContext context, HttpRequest http, Operation operation) {
        context.setRequestTimeout(TimeoutMode.SET_FROM_NOW, REQUEST_TIMEOUT);
        return http.aggregate().thenCompose(request -> operation.answer(context, request));
    }

    private CompletionStage<HttpResponse> createTable(ServiceRequestContext context, AggregatedHttpRequest request) {
        return admin.createTable(CatalogJsonReader.tableSpec(body(request)), requestId(request))
                .thenApply(table -> ok(CatalogJson.write(table)));
    }

    private CompletionStage<HttpResponse> describeTable(ServiceRequestContext context, AggregatedHttpRequest request) {
        String name = parameter(context, "name");
        QueryParams parameters = context.queryParams();
        String await = parameters.get(ControlProtocol.AWAIT);
        if (await == null) {
            return admin.describeTable(name).thenApply(table -> ok(CatalogJson.write(table)));
        }
        Duration timeout = Duration.ofMillis(number(parameters, ControlProtocol.TIMEOUT_MS)
                .orElseThrow(() -> new CatalogException(
                        Kind.INVALID_REQUEST, "the parameter " + ControlProtocol.TIMEOUT_MS + " is missing")));
        context.setRequestTimeout(
                TimeoutMode.SET_FROM_NOW, min(timeout, TableAdmin.MAX_WAIT).plus(REQUEST_TIMEOUT));
        return switch (await) {
            case ControlProtocol.AWAIT_ACTIVE ->
                admin.awaitActive(name, timeout).thenApply(table -> ok(CatalogJson.write(table)));
            case ControlProtocol.AWAIT_GONE ->
                admin.awaitGone(name, timeout).thenApply(gone -> HttpResponse.of(HttpStatus.NO_CONTENT));
            default ->
                throw new CatalogException(
                        Kind.INVALID_REQUEST,
                        "the parameter " + ControlProtocol.AWAIT + " is " + ControlProtocol.AWAIT_ACTIVE + " or "
                                + ControlProtocol.AWAIT_GONE + ", not '" + await + "'");
        };
    }

    private CompletionStage<HttpResponse> listTables(ServiceRequestContext context, AggregatedHttpRequest request) {
        QueryParams parameters = context.queryParams();
        long limit = number(parameters, ControlProtocol.LIMIT).orElse((long) TableList.MAX_LIMIT);
        return admin.listTables(
                        Optional.ofNullable(parameters.get(ControlProtocol.EXCLUSIVE_START)),
                        Math.clamp(limit, Integer.MIN_VALUE, Integer.MAX_VALUE))
                .thenApply(list -> ok(CatalogJson.write(list)));
    }

    private CompletionStage<HttpResponse> deleteTable(ServiceRequestContext context, AggregatedHttpRequest request) {
        return admin.deleteTable(parameter(context, "name"), requestId(request))
                .thenApply(table -> ok(CatalogJson.write(table)));
    }

    private CompletionStage<HttpResponse> changeTable(ServiceRequestContext context, AggregatedHttpRequest request) {
        return admin.changeTable(parameter(context, "name"), SettingsJson.readChange(body(request)), requestId(request))
                .thenApply(table -> ok(CatalogJson.write(table)));
    }

    private CompletionStage<HttpResponse> bindSource(ServiceRequestContext context, AggregatedHttpRequest request) {
        return admin.bindSource(CatalogJsonReader.bindingSpec(body(request)), requestId(request))
                .thenApply(binding -> ok(CatalogJson.write(binding)));
    }

    private CompletionStage<HttpResponse> unbindSource(ServiceRequestContext context, AggregatedHttpRequest request) {
        int id;
        try {
            id = Integer.parseInt(parameter(context, "id"));
        } catch (NumberFormatException malformed) {
            throw new CatalogException(
                    Kind.INVALID_REQUEST,
                    "a binding's id is a number, not '" + parameter(context, "id") + "'",
                    malformed);
        }
        return admin.unbindSource(id, requestId(request)).thenApply(binding -> ok(CatalogJson.write(binding)));
    }

    private static JsonFields body(AggregatedHttpRequest request) {
        return JsonFields.parse(request.content().array());
    }

    private RequestId requestId(AggregatedHttpRequest request) {
        String header = request.headers().get(ControlProtocol.REQUEST_ID_HEADER);
        return header == null ? RequestId.random(random) : ControlProtocol.parseRequestId(header);
    }

    private static String parameter(ServiceRequestContext context, String name) {
        return Objects.requireNonNull(context.pathParam(name));
    }

    private static Optional<Long> number(QueryParams parameters, String name) {
        String value = parameters.get(name);
        try {
            return value == null ? Optional.empty() : Optional.of(Long.parseLong(value));
        } catch (NumberFormatException malformed) {
            throw new CatalogException(
                    Kind.INVALID_REQUEST,
                    "the parameter " + name + " is a whole number, not '" + value + "'",
                    malformed);
        }
    }

    private static HttpResponse ok(ObjectNode json) {
        return HttpResponse.of(HttpStatus.OK, MediaType.JSON_UTF_8, HttpData.wrap(JsonFields.write(json)));
    }

    private static HttpResponse failed(CatalogException failure) {
        return HttpResponse.of(
                ControlProtocol.status(failure.kind()),
                MediaType.JSON_UTF_8,
                HttpData.wrap(JsonFields.write(CatalogJson.write(failure))));
    }

    private static CatalogException catalogException(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case CatalogException known -> known;
            case InvalidJsonException json ->
                new CatalogException(Kind.INVALID_REQUEST, String.valueOf(json.getMessage()), json);
            case IllegalArgumentException value ->
                new CatalogException(Kind.INVALID_REQUEST, String.valueOf(value.getMessage()), value);
            case ContentTooLargeException tooLarge ->
                new CatalogException(
                        Kind.INVALID_REQUEST,
                        "a request has at most " + ControlProtocol.MAX_REQUEST_BYTES + " bytes",
                        tooLarge);
            default -> new CatalogException(Kind.INTERNAL, "unexpected: " + cause, cause);
        };
    }

    private static Duration min(Duration left, Duration right) {
        return left.compareTo(right) <= 0 ? left : right;
    }
}
