package io.tidemark.client;

import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.node.StorageNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A node that does what the test says, and remembers what it was asked. */
final class ScriptedNode implements StorageNode {
    private final String name;
    private final List<NodeRequest> requests = new CopyOnWriteArrayList<>();
    private volatile Function<NodeRequest, CompletionStage<NodeReply>> script;

    ScriptedNode(String name, Function<NodeRequest, CompletionStage<NodeReply>> script) {
        this.name = name;
        this.script = script;
    }

    void willDo(Function<NodeRequest, CompletionStage<NodeReply>> newScript) {
        script = newScript;
    }

    void willFail(Kind kind) {
        script = failing(kind);
    }

    static Function<NodeRequest, CompletionStage<NodeReply>> failing(Kind kind) {
        return request -> CompletableFuture.failedFuture(new NodeException(kind, "scripted " + kind));
    }

    static Function<NodeRequest, CompletionStage<NodeReply>> replying(NodeReply reply) {
        return request -> CompletableFuture.completedFuture(reply);
    }

    /** Never answers, not even at the deadline. */
    static Function<NodeRequest, CompletionStage<NodeReply>> hanging() {
        return request -> new CompletableFuture<>();
    }

    List<NodeRequest> requests() {
        return requests;
    }

    @Override
    public CompletionStage<NodeReply> call(NodeRequest request, Duration deadline) {
        requests.add(request);
        return script.apply(request);
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return name;
    }
}
