package io.tidemark.schema.node;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A storage node as its callers see it, in this process or behind HTTP. Thread-safe; never blocks the caller.
 */
public interface StorageNode extends AutoCloseable {
    /**
     * Serves one request.
     *
     * @param deadline from now; after it the stage has failed with {@link NodeException.Kind#TIMEOUT}
     * @return the reply of the type that belongs to the request, or a {@link NodeException}; no other exception
     */
    CompletionStage<NodeReply> call(NodeRequest request, Duration deadline);

    @Override
    void close();
}
