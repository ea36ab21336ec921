package io.tidemark.verifier;

import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.node.StorageNode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A node that may be down: then nobody answers. */
final class SwitchedNode implements StorageNode {
    private volatile @Nullable StorageNode node;

    void switchTo(@Nullable StorageNode newNode) {
        node = newNode;
    }

    @Override
    public CompletionStage<NodeReply> call(NodeRequest request, Duration deadline) {
        StorageNode current = node;
        return current == null
                ? CompletableFuture.failedStage(new NodeException(Kind.TIMEOUT, "connection refused"))
                : current.call(request, deadline);
    }

    @Override
    public void close() {}
}
