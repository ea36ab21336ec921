package io.tidemark.catalog;

import io.tidemark.schema.ShardId;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import java.util.concurrent.CompletionStage;

/** Brings a request to a storage node that serves the shard, zone after zone. Thread-safe; never blocks the caller. */
@FunctionalInterface
public interface ShardCaller {
    /** Completes with the reply that belongs to the request; fails after some bounded time where no zone served it. */
    CompletionStage<NodeReply> call(ShardId shard, NodeRequest request);
}
