package io.tidemark.materializer.query;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeProtocol;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.node.StorageNode;
import io.tidemark.schema.wire.NodeCodec;
import io.tidemark.schema.wire.UndecodableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Turns HTTP requests into calls of a node. Nothing here blocks: the node answers from its own threads. */
final class NodeHttpService implements HttpService {
    private static final MediaType CONTENT_TYPE = MediaType.parse(NodeProtocol.CONTENT_TYPE);
    /** Nobody waits longer; a deep digest of a large shard may take minutes. */
    private static final Duration MAX_DEADLINE = Duration.ofMinutes(30);
    /** What the node gets on top of the deadline to say itself that it passed. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final StorageNode node;
    private final InFlight inFlight;
    private volatile boolean draining;

    NodeHttpService(StorageNode node, NodeServerConfig config) {
        this.node = node;
        this.inFlight = new InFlight(config.maxInFlightRequests(), config.maxInFlightBytes());
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        if (request.method() != HttpMethod.POST) {
            return HttpResponse.of(HttpStatus.METHOD_NOT_ALLOWED);
        }
        if (draining) {
            return failure(new NodeException(Kind.NOT_SERVING, "the node is closing"));
        }
        int announcedBytes = announcedBytes(request);
        if (!inFlight.tryEnter(announcedBytes)) {
            return failure(new NodeException(Kind.OVERLOADED, "the node has too many requests under way"));
        }
        // Until the answer has left: what a slow reader keeps waiting counts too.
        CompletionStage<RequestLog> over = context.log().whenComplete();
        over.thenRun(() -> inFlight.leave(announcedBytes));
        return HttpResponse.of(request.aggregate()
                .thenCompose(whole -> call(context, whole))
                .thenApply(NodeHttpService::success)
                .exceptionally(failure -> failure(nodeException(failure))));
    }

    /** From now on refuses everything; waits for what is under way. */
    void drain(Duration timeout) {
        draining = true;
        inFlight.awaitNone(timeout);
    }

    private static int announcedBytes(HttpRequest request) {
        long length = request.headers().contentLength();
        return length < 0 || length > NodeProtocol.MAX_REQUEST_BYTES ? NodeProtocol.MAX_REQUEST_BYTES : (int) length;
    }

    private CompletionStage<NodeReply> call(ServiceRequestContext context, AggregatedHttpRequest http) {
        NodeRequest request;
        Duration deadline;
        try {
            request = NodeCodec.decodeRequest(http.content().array());
            deadline = deadline(http);
        } catch (UndecodableException | IllegalArgumentException e) {
            return CompletableFuture.failedFuture(
                    new NodeException(Kind.INVALID_REQUEST, "no request of this protocol: " + e.getMessage(), e));
        }
        context.setRequestTimeout(TimeoutMode.SET_FROM_NOW, deadline.plus(GRACE));
        return node.call(request, deadline);
    }

    private static Duration deadline(AggregatedHttpRequest http) {
        long millis = http.headers().getLong(NodeProtocol.DEADLINE_HEADER, 0);
        if (millis < 1 || millis > MAX_DEADLINE.toMillis()) {
            throw new IllegalArgumentException("the header " + NodeProtocol.DEADLINE_HEADER + " must be 1 to "
                    + MAX_DEADLINE.toMillis() + " milliseconds");
        }
        return Duration.ofMillis(millis);
    }

    private static HttpResponse success(NodeReply reply) {
        return HttpResponse.of(HttpStatus.OK, CONTENT_TYPE, NodeCodec.encode(reply));
    }

    private static HttpResponse failure(NodeException failure) {
        return HttpResponse.of(
                HttpStatus.valueOf(NodeProtocol.httpStatus(failure.kind())), CONTENT_TYPE, NodeCodec.encode(failure));
    }

    private static NodeException nodeException(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case NodeException known -> known;
            case ContentTooLargeException tooLarge ->
                new NodeException(
                        Kind.INVALID_REQUEST,
                        "the request is longer than " + NodeProtocol.MAX_REQUEST_BYTES + " bytes",
                        tooLarge);
            // While the request was being read the connection broke or was too slow: nobody reads this.
            default -> new NodeException(Kind.INTERNAL, "unexpected: " + cause, cause);
        };
    }
}
