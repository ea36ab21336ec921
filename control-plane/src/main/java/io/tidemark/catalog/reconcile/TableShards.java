package io.tidemark.catalog.reconcile;

import io.tidemark.catalog.ShardCaller;
import io.tidemark.log.Log;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.wire.WalCodec;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Tells the shards of a table what becomes of it. Everything may be repeated, by several processes and at any time.
 *
 * <p>A process that was stopped for long may still append an opening after another process has removed the table from the
 * shard, which then knows nothing of it any more. Therefore the request ids of openings are the same in every process, and
 * whoever removes a table opens it first: while the shard remembers those ids, a late opening has no effect.
 */
final class TableShards {
    /** Marks the request ids of openings. Ids of clients are random in all 128 bits. */
    private static final long OPENING = 0x7469_6465_6D61_726BL;

    private final Log wal;
    private final ShardCaller nodes;
    private final RandomGenerator random;

    TableShards(Log wal, ShardCaller nodes, RandomGenerator random) {
        this.wal = wal;
        this.nodes = nodes;
        this.random = random;
    }

    /**
     * Gives every shard its partitions; completes when that is durable. What is appended after that finds the partitions open,
     * because position in the log decides.
     */
    CompletionStage<Void> open(TableRoute route) {
        List<TableRoute.Partition> partitions = route.partitions();
        return all(IntStream.range(0, partitions.size())
                .mapToObj(index -> openPartition(route, index))
                .toList());
    }

    private CompletionStage<Lsn> openPartition(TableRoute route, int index) {
        TableRoute.Partition partition = route.partitions().get(index);
        Command open = new Command.OpenPartition(route.tableId(), route.keySchema(), partition.range());
        RequestId id = new RequestId(OPENING, ((long) route.tableId().value() << Integer.SIZE) | index);
        return wal.append(partition.shard(), WalCodec.encodeControl(Envelope.of(id, open)));
    }

    /** From then on no shard takes a command for the table. */
    CompletionStage<Void> close(TableRoute route) {
        return open(route)
                .thenCompose(opened -> all(route.shards().stream()
                        .map(shard -> write(shard, new Command.CloseTable(route.tableId()))
                                .thenAccept(outcome -> {
                                    if (!(outcome instanceof Outcome.Acknowledged)) {
                                        throw unexpected(outcome, shard, route.tableId());
                                    }
                                }))
                        .toList()));
    }

    /**
     * Deletes some items of a closed table on each of the shards.
     *
     * @return the shards that have more of them
     */
    CompletionStage<List<ShardId>> purge(TableId tableId, List<ShardId> shards) {
        List<CompletableFuture<Optional<ShardId>>> purges = shards.stream()
                .map(shard -> purge(tableId, shard).toCompletableFuture())
                .toList();
        return all(purges)
                .thenApply(done ->
                        purges.stream().flatMap(purge -> purge.join().stream()).toList());
    }

    private CompletionStage<Optional<ShardId>> purge(TableId tableId, ShardId shard) {
        return write(shard, new Command.PurgeTable(tableId, Command.PurgeTable.MAX_ITEMS))
                .thenApply(outcome -> {
                    if (outcome instanceof Outcome.Purged purged) {
                        return purged.more() ? Optional.of(shard) : Optional.empty();
                    }
                    throw unexpected(outcome, shard, tableId);
                });
    }

    private CompletionStage<Outcome> write(ShardId shard, Command command) {
        Envelope envelope = Envelope.of(RequestId.random(random), command);
        return nodes.call(shard, new NodeRequest.Write(shard, WalCodec.encodeControl(envelope)))
                .thenApply(reply -> {
                    if (reply instanceof NodeReply.Written written) {
                        return written.outcome();
                    }
                    throw new IllegalStateException("a write was answered by " + reply);
                });
    }

    private static IllegalStateException unexpected(Outcome outcome, ShardId shard, TableId tableId) {
        return new IllegalStateException(
                "shard " + shard + " answered " + outcome + " to the removal of table " + tableId);
    }

    private static CompletionStage<Void> all(List<? extends CompletionStage<?>> stages) {
        return CompletableFuture.allOf(
                stages.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture<?>[]::new));
    }
}
