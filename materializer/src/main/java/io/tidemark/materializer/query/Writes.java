package io.tidemark.materializer.query;

import io.tidemark.log.Log;
import io.tidemark.materializer.core.Transition;
import io.tidemark.materializer.query.ParkedRequests.Waiter;
import io.tidemark.materializer.streams.ReplicaListener;
import io.tidemark.materializer.streams.Replicas;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeReply.ReplicaState;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.wire.NewerSemanticsException;
import io.tidemark.schema.wire.UndecodableException;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.schema.wire.WalPayload;
import io.tidemark.schema.wire.WalRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Appends commands, and answers when this zone's replica has applied them. Thread-safe; never blocks. */
final class Writes implements ReplicaListener {
    private final Log log;
    private final Replicas replicas;
    private final ParkedRequests parked;

    Writes(Log log, Replicas replicas, ParkedRequests parked) {
        this.log = log;
        this.replicas = replicas;
        this.parked = parked;
    }

    CompletionStage<NodeReply> write(NodeRequest.Write request, Duration deadline) {
        RequestId requestId = requireSound(request);
        // Parked first: if the replica goes after it was found serving, the waiter is there to be told.
        Waiter waiter = parked.park(request.shard(), requestId, deadline);
        CompletionStage<Lsn> appended;
        try {
            replicas.requireServing(request.shard());
            appended = log.append(request.shard(), request.payload());
        } catch (RuntimeException e) {
            NodeException reason = NodeFailures.ofRead(e);
            waiter.fail(reason.kind(), String.valueOf(reason.getMessage()));
            return waiter.reply();
        }
        appended.whenComplete((lsn, failure) -> {
            if (failure != null) {
                NodeException reason = NodeFailures.ofAppend(failure);
                waiter.fail(reason.kind(), String.valueOf(reason.getMessage()));
            }
        });
        return waiter.reply();
    }

    /**
     * Keeps out of the log what could only be rejected there, and above all what would stop its replicas: a command of a newer
     * semantics version.
     */
    private static RequestId requireSound(NodeRequest.Write request) {
        WalPayload payload = request.payload();
        WalRecord record =
                new WalRecord(request.shard(), Lsn.FIRST, 0, payload.key(), payload.value(), payload.headers());
        try {
            if (!WalCodec.checksumMatches(record)) {
                throw new NodeException(Kind.INVALID_REQUEST, "the command's checksum is missing or wrong");
            }
            Envelope envelope = WalCodec.decode(record);
            RequestId requestId = WalCodec.requestId(record)
                    .orElseThrow(() -> new NodeException(Kind.INVALID_REQUEST, "the command has no request id"));
            if (!requestId.equals(envelope.requestId())) {
                throw new NodeException(Kind.INVALID_REQUEST, "header and command name different request ids");
            }
            return requestId;
        } catch (UndecodableException e) {
            throw new NodeException(Kind.INVALID_REQUEST, "the command cannot be read: " + e.getMessage(), e);
        } catch (NewerSemanticsException e) {
            throw new NodeException(
                    Kind.INVALID_REQUEST,
                    "the command needs a newer build than this node; upgrade all nodes before their clients",
                    e);
        }
    }

    @Override
    public void applied(ShardId shard, List<Transition> transitions) {
        if (!parked.isEmpty()) {
            parked.complete(shard, transitions);
        }
    }

    @Override
    public void stateChanged(ShardId shard, ReplicaState state, String detail) {
        switch (state) {
            case SERVING, RESTORING -> {}
            case QUARANTINED, FAILED -> parked.failShard(shard, "the replica is " + state + ": " + detail);
        }
    }

    @Override
    public void removed(ShardId shard) {
        parked.failShard(shard, "the shard has left this node");
    }
}
