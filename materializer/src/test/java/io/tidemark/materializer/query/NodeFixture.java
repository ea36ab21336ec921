package io.tidemark.materializer.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tidemark.log.Barriers;
import io.tidemark.log.MemoryLog;
import io.tidemark.materializer.streams.testing.MemoryZone;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.node.StorageNode;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.wire.WalCodec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A log in memory, two zones with a node each, and a table of channels and times on shard 0. */
final class NodeFixture implements AutoCloseable {
    static final ShardId SHARD = new ShardId(0);
    static final ShardId OTHER_SHARD = new ShardId(1);
    static final TableId TABLE = new TableId(5);
    static final KeySchema KEY_SCHEMA =
            KeySchema.of(new KeyAttribute("channel", KeyType.S), new KeyAttribute("time", KeyType.N));
    static final Duration DEADLINE = Duration.ofSeconds(20);

    final MemoryLog log = new MemoryLog(2, InstantSource.system());
    final MemoryZone zoneA = new MemoryZone(new Zone("a"), log);
    final MemoryZone zoneB = new MemoryZone(new Zone("b"), log);
    final ReplicaNode a;
    final ReplicaNode b;
    private final SplittableRandom random = new SplittableRandom(7);

    NodeFixture() {
        this(ReplicaNodeConfig.DEFAULT);
    }

    NodeFixture(ReplicaNodeConfig config) {
        Barriers barriers = new Barriers(log, new SplittableRandom(8));
        a = new ReplicaNode(log, zoneA, barriers, config, "1.2.3", System::nanoTime);
        b = new ReplicaNode(log, zoneB, barriers, config, "1.2.3", System::nanoTime);
        openPartition(SHARD, HashRange.ALL);
    }

    /** Opens the table's partition, and waits until both zones have: their replicas follow the log on their own. */
    void openPartition(ShardId shard, HashRange range) {
        NodeRequest.Write open = control(shard, new Command.OpenPartition(TABLE, KEY_SCHEMA, range));
        Lsn next = reply(a, open, NodeReply.Written.class).lsn().next();
        for (MemoryZone zone : List.of(zoneA, zoneB)) {
            zone.awaitApplied(shard, next, DEADLINE).toCompletableFuture().join();
        }
    }

    NodeRequest.Write control(ShardId shard, Command command) {
        return new NodeRequest.Write(shard, WalCodec.encodeControl(Envelope.of(RequestId.random(random), command)));
    }

    NodeRequest.Write put(Item item) {
        return write(RequestId.random(random), Command.PutItem.of(TABLE, item));
    }

    static NodeRequest.Write write(RequestId requestId, Command.ItemCommand command) {
        return new NodeRequest.Write(SHARD, WalCodec.encode(KEY_SCHEMA, Envelope.of(requestId, command)));
    }

    static PrimaryKey key(String channel, int time) {
        return PrimaryKey.of(new AttributeValue.S(channel), AttributeValue.N.of(time));
    }

    static Item item(String channel, int time) {
        return Item.of(Map.of(
                "channel",
                new AttributeValue.S(channel),
                "time",
                AttributeValue.N.of(time),
                "text",
                new AttributeValue.S(channel + time)));
    }

    Lsn end() {
        return log.end(SHARD).toCompletableFuture().join();
    }

    static NodeReply reply(StorageNode node, NodeRequest request) {
        return node.call(request, DEADLINE).toCompletableFuture().join();
    }

    static <T extends NodeReply> T reply(StorageNode node, NodeRequest request, Class<T> kind) {
        return kind.cast(reply(node, request));
    }

    static NodeException failure(CompletionStage<NodeReply> reply) {
        Throwable failure = catchThrowable(() -> reply.toCompletableFuture().join());
        assertThat(failure).isInstanceOf(CompletionException.class).cause().isInstanceOf(NodeException.class);
        return (NodeException) failure.getCause();
    }

    static NodeException failure(StorageNode node, NodeRequest request) {
        return failure(node.call(request, DEADLINE));
    }

    @Override
    public void close() {
        a.close();
        b.close();
        zoneA.close();
        zoneB.close();
        log.close();
    }
}
