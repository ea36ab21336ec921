package io.tidemark.client;

import com.linecorp.armeria.client.ResponseTimeoutException;
import com.linecorp.armeria.client.UnprocessedRequestException;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeProtocol;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.node.StorageNode;
import io.tidemark.schema.wire.NodeCodec;
import io.tidemark.schema.wire.UndecodableException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A storage node behind HTTP. A request that certainly never left ends in {@link Kind#NOT_SERVING}; one that may have arrived
 * ends in {@link Kind#TIMEOUT}. Connections belong to the {@link NodeConnections}. Stages complete on its event loops: do not
 * block in what depends on them.
 */
public final class RemoteStorageNode implements StorageNode {
    private static final MediaType CONTENT_TYPE = MediaType.parse(NodeProtocol.CONTENT_TYPE);

    private final URI uri;
    private final WebClient client;

    /** @param uri {@code http://host:port} */
    public RemoteStorageNode(NodeConnections connections, URI uri) {
        this.uri = uri;
        this.client = connections.client(uri);
    }

    @Override
    public CompletionStage<NodeReply> call(NodeRequest request, Duration deadline) {
        if (deadline.toMillis() < 1) {
            return failed(Kind.TIMEOUT, "the deadline had passed before the request was sent to " + uri);
        }
        byte[] body;
        try {
            body = NodeCodec.encode(request);
        } catch (IllegalArgumentException e) {
            return failed(Kind.INVALID_REQUEST, "the request cannot be encoded: " + e.getMessage());
        }
        if (body.length > NodeProtocol.MAX_REQUEST_BYTES) {
            return failed(
                    Kind.INVALID_REQUEST,
                    "the request has " + body.length + " bytes; at most " + NodeProtocol.MAX_REQUEST_BYTES
                            + " are admitted");
        }
        return client.prepare()
                .post(NodeProtocol.PATH)
                .header(NodeProtocol.DEADLINE_HEADER, deadline.toMillis())
                .content(CONTENT_TYPE, body)
                .responseTimeout(deadline)
                .execute()
                .aggregate()
                .handle(this::reply);
    }

    private NodeReply reply(@Nullable AggregatedHttpResponse response, @Nullable Throwable failure) {
        if (response == null) {
            throw translated(failure);
        }
        byte[] body = response.content().array();
        try {
            if (response.status().equals(HttpStatus.OK)) {
                return NodeCodec.decodeReply(body);
            }
            throw NodeCodec.decodeError(body);
        } catch (UndecodableException e) {
            // Not from our service: a proxy or the HTTP server itself. Whether a write arrived is not known.
            Kind kind = response.status().isClientError() ? Kind.INTERNAL : Kind.TIMEOUT;
            throw new NodeException(
                    kind, uri + " answered " + response.status() + " with what is no reply of a storage node", e);
        }
    }

    private NodeException translated(@Nullable Throwable failure) {
        Throwable cause = Operations.unwrapped(Objects.requireNonNull(failure));
        if (cause instanceof UnprocessedRequestException) {
            return new NodeException(
                    Kind.NOT_SERVING, uri + " cannot be reached: " + NetworkFailure.describe(cause), cause);
        }
        if (cause instanceof ResponseTimeoutException) {
            return new NodeException(Kind.TIMEOUT, uri + " did not answer in time", cause);
        }
        if (cause instanceof ContentTooLargeException) {
            return new NodeException(
                    Kind.INTERNAL, uri + " answered more than " + NodeProtocol.MAX_REPLY_BYTES + " bytes", cause);
        }
        return new NodeException(
                Kind.TIMEOUT, "the connection to " + uri + " broke: " + NetworkFailure.describe(cause), cause);
    }

    private static CompletionStage<NodeReply> failed(Kind kind, String message) {
        return CompletableFuture.failedFuture(new NodeException(kind, message));
    }

    /** Does nothing: the connections are closed by their owner. */
    @Override
    public void close() {}

    @Override
    public String toString() {
        return uri.toString();
    }
}
