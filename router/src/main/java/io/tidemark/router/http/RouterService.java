package io.tidemark.router.http;

import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.tidemark.router.error.ProtocolErrors;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Takes every HTTP request: those of the API become {@link Exchange}s. Nothing here blocks. */
final class RouterService implements HttpService {
    private final ExchangeParts parts;
    private final RequestIds requestIds;
    private final String healthLine;
    private volatile boolean closing;

    RouterService(ExchangeParts parts, RequestIds requestIds, String region) {
        this.parts = parts;
        this.requestIds = requestIds;
        healthLine = "healthy: dynamodb." + region + ".amazonaws.com ";
    }

    @Override
    public ExchangeType exchangeType(RoutingContext routing) {
        // An answer is one piece; a request is not, or it could not be refused before it is read.
        return ExchangeType.REQUEST_STREAMING;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        Connection connection = Connections.of(context);
        connection.begin(context.sessionProtocol().isMultiplex());
        CompletionStage<RequestLog> over = context.log().whenComplete();
        over.thenRun(() -> {
            if (context.eventLoop().inEventLoop()) {
                connection.end();
            } else {
                context.eventLoop().execute(connection::end);
            }
        });
        Envelope envelope = Envelope.of(request.headers(), requestIds.next());
        return switch (request.method()) {
            case POST -> post(context, request, envelope, connection);
            case GET, HEAD -> isRoot(request.path()) ? envelope.text(healthLine) : envelope.notFound();
            case OPTIONS -> envelope.preflight(request.headers());
            default -> envelope.notFound();
        };
    }

    private HttpResponse post(
            ServiceRequestContext context, HttpRequest request, Envelope envelope, Connection connection) {
        Exchange exchange = new Exchange(parts, context, envelope, connection);
        if (request.headers().contentLength() > RouterServer.MAX_REQUEST_BYTES) {
            return exchange.refuse(ProtocolErrors.requestTooLarge(RouterServer.MAX_REQUEST_BYTES));
        }
        if (closing) {
            return exchange.refuse(ProtocolErrors.closing());
        }
        if (!parts.inFlight().tryEnter()) {
            return exchange.refuse(ProtocolErrors.overloaded());
        }
        // Until the answer has left: what a slow reader keeps waiting counts too.
        CompletionStage<RequestLog> over = context.log().whenComplete();
        over.thenRun(exchange::end);
        return exchange.serve(request);
    }

    /** From now on refuses everything; waits for what is under way. */
    void drain(Duration timeout) {
        closing = true;
        parts.inFlight().awaitNone(timeout);
    }

    private static boolean isRoot(String path) {
        return path.equals("/") || path.startsWith("/?");
    }
}
