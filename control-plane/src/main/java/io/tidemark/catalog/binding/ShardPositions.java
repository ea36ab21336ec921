package io.tidemark.catalog.binding;

import io.tidemark.catalog.ShardCaller;
import io.tidemark.log.source.SourcePositions;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Asks storage nodes how far a shard has applied a binding's records. */
final class ShardPositions implements SourcePositions {
    /** Longer than a caller tries by itself. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ShardCaller nodes;
    private final int bindingId;

    ShardPositions(ShardCaller nodes, int bindingId) {
        this.nodes = nodes;
        this.bindingId = bindingId;
    }

    @Override
    public Map<Integer, Long> lastOffsets(ShardId shard) {
        NodeRequest request = new NodeRequest.SourceOffsets(shard, bindingId, Consistency.STRONG);
        try {
            NodeReply reply = nodes.call(shard, request)
                    .toCompletableFuture()
                    .orTimeout(LIMIT.toNanos(), TimeUnit.NANOSECONDS)
                    .join();
            if (reply instanceof NodeReply.SourceOffsetsResult offsets) {
                return offsets.lastOffsets();
            }
            throw new IllegalStateException("a request for source offsets was answered by " + reply);
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }
}
