package io.tidemark.launcher.cluster;

import io.tidemark.launcher.roles.NodeRole;
import io.tidemark.schema.Zone;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.node.StorageNode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The place of a zone's node, which may be stopped and started again. Requests reach it without the way over HTTP. */
final class NodeSlot implements StorageNode {
    private final Zone zone;
    private volatile @Nullable NodeRole role;

    NodeSlot(Zone zone) {
        this.zone = zone;
    }

    Zone zone() {
        return zone;
    }

    Optional<NodeRole> role() {
        return Optional.ofNullable(role);
    }

    void set(NodeRole started) {
        role = started;
    }

    /** The node that ran, whose end is the caller's matter. */
    Optional<NodeRole> take() {
        Optional<NodeRole> taken = role();
        role = null;
        return taken;
    }

    @Override
    public CompletionStage<NodeReply> call(NodeRequest request, Duration deadline) {
        NodeRole running = role;
        return running == null
                ? CompletableFuture.failedFuture(
                        new NodeException(Kind.NOT_SERVING, "the node of zone " + zone + " is stopped"))
                : running.node().call(request, deadline);
    }

    /** Does nothing: the cluster closes its nodes. */
    @Override
    public void close() {}

    @Override
    public String toString() {
        return "zone " + zone;
    }
}
