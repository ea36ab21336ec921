package io.tidemark.launcher.bench;

import io.tidemark.client.GetRequest;
import io.tidemark.client.PutRequest;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.key.ItemKey;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.wire.WalPayload;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;

/** Writes and reads of random items, in process at the nodes themselves and over HTTP. Thread-safe. */
final class Operations {
    /** How many items there are to write and read: few enough to be there after the warm-up, too many to meet. */
    static final int ITEMS = 20_000;

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final BenchCluster cluster;
    private final TableId table;

    Operations(BenchCluster cluster) {
        this.cluster = cluster;
        this.table = cluster.route().tableId();
    }

    /** From encoding the command to its outcome, applied by the zone that is asked first. */
    void write(SplittableRandom random) {
        WalPayload payload = Workload.put(table, random.nextInt(ITEMS), random);
        ShardId shard = cluster.route().shardOf(new ItemKey(payload.key()));
        NodeReply reply = call(shard, new NodeRequest.Write(shard, payload));
        if (!(reply instanceof NodeReply.Written written) || !(written.outcome() instanceof Outcome.Applied)) {
            throw new BenchException("a write was answered with " + reply, null);
        }
    }

    void read(SplittableRandom random, Consistency consistency) {
        PrimaryKey key = Workload.key(random.nextInt(ITEMS));
        ShardId shard = cluster.route().shardOf(KeyEncoding.encode(table, Workload.KEY_SCHEMA, key));
        NodeReply reply = call(shard, new NodeRequest.Get(shard, table, key, Optional.empty(), consistency));
        if (!(reply instanceof NodeReply.GetResult)) {
            throw new BenchException("a read was answered with " + reply, null);
        }
    }

    /** The node keeps the deadline: waiting with one more timer would be measured, too. */
    private NodeReply call(ShardId shard, NodeRequest request) {
        return cluster.preferredNode(shard)
                .call(request, DEADLINE)
                .toCompletableFuture()
                .join();
    }

    void writeOverHttp(SplittableRandom random) {
        cluster.httpClient().put(PutRequest.of(Workload.TABLE_NAME, Workload.item(random.nextInt(ITEMS), random)));
    }

    void readOverHttp(SplittableRandom random, Consistency consistency) {
        var unused = cluster.httpClient()
                .get(GetRequest.of(Workload.TABLE_NAME, Workload.key(random.nextInt(ITEMS)))
                        .consistency(consistency));
    }
}
