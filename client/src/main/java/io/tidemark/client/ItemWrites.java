package io.tidemark.client;

import io.tidemark.client.Routing.StaleRouteException;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.command.Command.ItemCommand;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.command.RejectReason;
import io.tidemark.schema.key.InvalidKeyException;
import io.tidemark.schema.key.ItemKey;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.wire.WalCodec;
import java.util.concurrent.CompletableFuture;

/** Puts, deletes and updates. Thread-safe. */
final class ItemWrites {
    private final ShardCalls calls;
    private final Routing routing;

    ItemWrites(ShardCalls calls, Routing routing) {
        this.calls = calls;
        this.routing = routing;
    }

    CompletableFuture<WriteResult> write(WriteRequest request, RequestId first) {
        return routing.routed(request.tableName(), (route, tries) -> write(request, route, requestId(first, tries)));
    }

    /**
     * A rejected command's id is used up: its outcome is remembered. The next id follows from it, so that a caller who repeats
     * a write with its own id walks the same chain and still has it take effect once.
     */
    static RequestId requestId(RequestId first, int tries) {
        RequestId id = first;
        for (int i = 0; i < tries; i++) {
            id = new RequestId(mixed(id.high() ^ id.low()), mixed(id.low() + id.high() + i));
        }
        return id;
    }

    /** Stafford's variant 13 of the 64-bit MurmurHash3 finalizer: a bijection that scatters all bits. */
    private static long mixed(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    private CompletableFuture<WriteResult> write(WriteRequest request, TableRoute route, RequestId requestId) {
        ShardId shard;
        NodeRequest write;
        try {
            ItemCommand command = request.command(route.tableId());
            ItemKey key = KeyEncoding.encode(route.tableId(), route.keySchema(), request.key(route.keySchema()));
            shard = route.shardOf(key);
            write = new NodeRequest.Write(shard, WalCodec.encode(route.keySchema(), Envelope.of(requestId, command)));
        } catch (InvalidKeyException e) {
            return CompletableFuture.failedFuture(new InvalidRequestException(e));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(new InvalidRequestException(e));
        }
        return calls.call(shard, write).thenApply(reply -> result(shard, Replies.as(NodeReply.Written.class, reply)));
    }

    private static WriteResult result(ShardId shard, NodeReply.Written written) {
        return switch (written.outcome()) {
            case Outcome.Applied applied ->
                new WriteResult(
                        shard, written.lsn(), applied.attributes(), applied.oldSizeBytes(), applied.newSizeBytes());
            case Outcome.ConditionFailed failed ->
                throw new ConditionFailedException(shard, written.lsn(), failed.oldItem());
            case Outcome.Invalid invalid -> throw new InvalidRequestException(invalid.reason(), invalid.detail());
            case Outcome.Rejected rejected -> throw rejected(shard, written, rejected);
            case Outcome.AlreadyApplied already -> throw unexpected(already);
            case Outcome.Acknowledged acknowledged -> throw unexpected(acknowledged);
            case Outcome.Purged purged -> throw unexpected(purged);
            case Outcome.BarrierReached reached -> throw unexpected(reached);
        };
    }

    private static RuntimeException rejected(ShardId shard, NodeReply.Written written, Outcome.Rejected rejected) {
        String message = "shard " + shard + " rejected LSN " + written.lsn() + ": " + rejected.reason() + ", "
                + rejected.detail();
        return rejected.reason() == RejectReason.UNKNOWN_TABLE || rejected.reason() == RejectReason.WRONG_RANGE
                ? new StaleRouteException(message)
                : new InternalErrorException(message);
    }

    private static InternalErrorException unexpected(Outcome outcome) {
        return new InternalErrorException("an item command had the outcome " + outcome);
    }
}
