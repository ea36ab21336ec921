package io.tidemark.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.log.Log;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.schema.wire.WalPayload;
import io.tidemark.simulation.process.ClusterExtension;
import io.tidemark.simulation.process.ClusterProcesses;
import io.tidemark.simulation.process.RemoteCluster;
import io.tidemark.simulation.process.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A broker that was frozen wakes up as the leader that it was: what waited for it in its sockets it answers before it hears that
 * the others have gone on without it.
 */
@ExtendWith(ClusterExtension.class)
class FrozenBrokerTest {
    /** Each broker has its turn, so that whoever leads a shard does. */
    private static final int ROUNDS =
            Math.max(ClusterProcesses.ZONES.size(), Integer.getInteger("tidemark.simulation.rounds", 2));

    /** Where every zone refused in every round, which one round in fifteen did, nothing was shown yet. */
    private static final int MOST_ROUNDS = 3 * ROUNDS;

    private static final long SEED = Long.getLong("tidemark.simulation.seed", System.nanoTime());
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Long enough to ask the frozen broker, and shorter than anybody waits for the end of a shard. */
    private static final Duration ASKING = Duration.ofMillis(150);

    /** Shorter than a zone's own: the new leader has what the zones have not. */
    private static final Duration APPEND_TIMEOUT = Duration.ofSeconds(1);

    private static final String TABLE = "frozen";
    private static final String KEY = "id";
    private static final KeySchema KEY_SCHEMA = KeySchema.of(new KeyAttribute(KEY, KeyType.S));
    private static final String VERSION = "version";
    /** Enough for each shard to have some. */
    private static final int ITEMS = 12;

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void noStrongReadBelievesABrokerThatWasFrozenWhileTheOthersWentOn(ClusterProcesses cluster) throws Exception {
        System.out.println("seed " + SEED + ", " + ROUNDS + " rounds");
        try (RemoteCluster remote = cluster.connect(random.split());
                Log log = cluster.openLog(APPEND_TIMEOUT)) {
            TableRoute route = remote.table(TABLE, KEY_SCHEMA);
            int answeredWhileWakingUp = 0;
            for (int round = 1; round <= ROUNDS || (answeredWhileWakingUp == 0 && round <= MOST_ROUNDS); round++) {
                remote.awaitServing(PATIENCE);
                append(log, route, 2 * round - 1);
                requireAnswers(remote, route, 2 * round - 1);
                List<CompletableFuture<NodeReply>> reads = readsWhileABrokerWakesUp(cluster, remote, route, log, round);
                int answered = requireVersion(reads, 2 * round);
                System.out.println(
                        "round " + round + ": " + answered + " of " + reads.size() + " strong reads answered");
                answeredWhileWakingUp += answered;
                requireAnswers(remote, route, 2 * round);
            }
            assertThat(answeredWhileWakingUp)
                    .as("strong reads answered while a broker woke up")
                    .isPositive();
            assertThat(cluster.dead()).as("processes that ended by themselves").isEmpty();
        }
    }

    /**
     * What is written does not come from the nodes, which would learn of the new leader by it: they ask the old one, whose
     * answer waits in its sockets until it wakes up, and their replicas wait for it too.
     */
    private List<CompletableFuture<NodeReply>> readsWhileABrokerWakesUp(
            ClusterProcesses cluster, RemoteCluster remote, TableRoute route, Log log, int round) throws Exception {
        Role broker = Role.broker(ClusterProcesses.ZONES.get(round % ClusterProcesses.ZONES.size()));
        cluster.process(broker).freeze();
        try {
            append(log, route, 2 * round);
            List<CompletableFuture<NodeReply>> reads = strongReads(remote, route);
            Thread.sleep(ASKING);
            return reads;
        } finally {
            cluster.process(broker).thaw();
        }
    }

    /** Every item; again and again, until all are acknowledged. */
    private void append(Log log, TableRoute route, int version) {
        Map<ShardId, List<WalPayload>> puts = new LinkedHashMap<>();
        for (int item = 0; item < ITEMS; item++) {
            Command put = Command.PutItem.of(
                    route.tableId(), Item.of(Map.of(KEY, keyValue(item), VERSION, AttributeValue.N.of(version))));
            puts.computeIfAbsent(shardOf(route, item), shard -> new ArrayList<>())
                    .add(WalCodec.encode(route.keySchema(), Envelope.of(RequestId.random(random), put)));
        }
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            List<CompletableFuture<Lsn>> appended = new ArrayList<>();
            puts.forEach((shard, payloads) -> payloads.forEach(
                    payload -> appended.add(log.append(shard, payload).toCompletableFuture())));
            for (CompletableFuture<Lsn> append : appended) {
                assertThat(append.join()).as("an append's LSN").isGreaterThan(Lsn.FIRST);
            }
        });
    }

    private static ShardId shardOf(TableRoute route, int item) {
        return route.shardOf(KeyEncoding.encode(route.tableId(), route.keySchema(), PrimaryKey.of(keyValue(item))));
    }

    /** Of every item, in every zone. */
    private static List<CompletableFuture<NodeReply>> strongReads(RemoteCluster remote, TableRoute route) {
        List<CompletableFuture<NodeReply>> reads = new ArrayList<>();
        for (int item = 0; item < ITEMS; item++) {
            PrimaryKey key = PrimaryKey.of(keyValue(item));
            ShardId shard = shardOf(route, item);
            NodeRequest get = new NodeRequest.Get(shard, route.tableId(), key, Optional.empty(), Consistency.STRONG);
            remote.description()
                    .zones()
                    .forEach(zone -> reads.add(remote.client().callZoneAsync(zone.zone(), shard, get, PATIENCE)));
        }
        return reads;
    }

    /**
     * Who answers sees what was acknowledged. Others say that they cannot: a coordinator that wakes up has forgotten the members of
     * its groups and tells them so before it hears that it is none any more, and then a zone divides its shards anew.
     *
     * @return how many answered
     */
    private static int requireVersion(List<CompletableFuture<NodeReply>> reads, int version) {
        int answered = 0;
        for (CompletableFuture<NodeReply> read : reads) {
            Optional<NodeReply> reply = read.<Optional<NodeReply>>handle(
                            (answer, failure) -> Optional.ofNullable(answer))
                    .join();
            if (reply.isPresent() && reply.get() instanceof NodeReply.GetResult result) {
                answered++;
                assertThat(result.item().flatMap(item -> item.attribute(VERSION)))
                        .as("what a strong read sees of an acknowledged write")
                        .contains(AttributeValue.N.of(version));
            }
        }
        return answered;
    }

    /** Every zone answers for every item before long, and never with what was there before. */
    private static void requireAnswers(RemoteCluster remote, TableRoute route, int version) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        List<CompletableFuture<NodeReply>> reads = strongReads(remote, route);
        while (requireVersion(reads, version) < reads.size()) {
            assertThat(System.nanoTime() - giveUp)
                    .as("every zone answers within " + PATIENCE)
                    .isNegative();
            Thread.sleep(ASKING);
            reads = strongReads(remote, route);
        }
    }

    private static AttributeValue.S keyValue(int item) {
        return new AttributeValue.S("item-" + item);
    }
}
