package io.tidemark.log;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.tidemark.log.LogException.Kind;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.apache.kafka.common.requests.ListOffsetsResponse;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;

/**
 * The ends of shards, each as its leader tells it and as another replica's broker, the witness, confirms that it is the leader.
 *
 * <p>A leader alone cannot be believed: one that is cut off from the others goes on telling its old end for seconds, while
 * another one is elected and acknowledges writes. The witness is what such a write cannot do without. With {@code r} replicas
 * and {@code min.insync.replicas} of at least {@code r - 1}, a write that was acknowledged without the old leader is on every
 * other replica; and a broker serves or follows a new leader only after it has taken over the metadata that name it. So if any
 * write was acknowledged in a later epoch before the witness is asked, the witness answers with a later epoch than the leader
 * does, and nothing is told. Otherwise the leader's high watermark is above everything that has been acknowledged (KIP-207: a
 * new leader tells none before it knows it). Not to be relied on while the replicas of a shard are moved to other brokers.
 *
 * <p>The two brokers are asked independently of each other, each after the caller came, which is all that this rests on: so a
 * broker is asked for all its shards at once, on behalf of all who came meanwhile.
 *
 * <p>Who leads is taken from the caller, and may be out of date: then the end is not confirmed. Thread-safe.
 */
final class ConfirmedEnds implements AutoCloseable {
    /** After a failure the shard is not asked about for so long: a broker that is gone would cost each caller a time-out. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    private static final int NO_EPOCH = -1;

    private final String topic;
    private final int minInsyncReplicas;
    private final Supplier<List<PartitionInfo>> partitions;
    private final BrokerRequests requests;
    private final LongSupplier nanoTime;
    /** What a broker tells of all the shards that it leads: readers of different shards share a request, too. */
    private final Map<Node, NextCall<Map<Integer, ListOffsetsPartitionResponse>>> endsByLeader =
            new ConcurrentHashMap<>();

    private final Map<Node, NextCall<Map<Integer, MetadataResponsePartition>>> leadersByWitness =
            new ConcurrentHashMap<>();
    private final AtomicReferenceArray<Trouble> troubles;

    /**
     * What became of the last attempts at one shard.
     *
     * @param untilNanos no attempt before; of no meaning without failures
     */
    private record Trouble(int failures, long untilNanos, String reason) {
        private static final Trouble NONE = new Trouble(0, 0, "");
    }

    /**
     * @param partitions of the topic with their leaders, as far as known; does not block
     * @param requests closed with this
     */
    ConfirmedEnds(
            TopicSpec topic, Supplier<List<PartitionInfo>> partitions, BrokerRequests requests, LongSupplier nanoTime) {
        this.topic = topic.name();
        this.minInsyncReplicas = topic.minInsyncReplicas();
        this.partitions = partitions;
        this.requests = requests;
        this.nanoTime = nanoTime;
        this.troubles = new AtomicReferenceArray<>(topic.partitions());
        for (int shard = 0; shard < topic.partitions(); shard++) {
            troubles.set(shard, Trouble.NONE);
        }
    }

    /** Fails with UNAVAILABLE if no confirmed end can be had now; a caller that cannot do without appends instead. */
    CompletionStage<Lsn> end(ShardId shard) {
        Trouble trouble = troubles.get(shard.value());
        if (trouble.failures() > 0 && trouble.untilNanos() - nanoTime.getAsLong() > 0) {
            return CompletableFuture.failedStage(
                    unconfirmed(shard, "it could not be a moment ago: " + trouble.reason()));
        }
        return attempt(shard, trouble.failures()).handle((end, failure) -> {
            if (failure == null) {
                if (trouble.failures() > 0) {
                    troubles.set(shard.value(), Trouble.NONE);
                }
                return end;
            }
            LogException told = KafkaErrors.toLogException(action(shard), KafkaErrors.unwrap(failure));
            troubles.set(shard.value(), trouble(trouble.failures() + 1, told));
            throw told;
        });
    }

    private Trouble trouble(int failures, LogException failure) {
        return new Trouble(failures, nanoTime.getAsLong() + PAUSE.toNanos(), String.valueOf(failure.getMessage()));
    }

    private CompletionStage<Lsn> attempt(ShardId shard, int failures) {
        try {
            PartitionInfo partition = partitions.get().stream()
                    .filter(info -> info.partition() == shard.value())
                    .findFirst()
                    .orElseThrow(() -> unconfirmed(shard, "its leader is not known"));
            Node leader = leader(shard, partition);
            Optional<Node> witness = witness(shard, partition, leader, failures);
            CompletionStage<ListOffsetsPartitionResponse> told =
                    endsByLeader.computeIfAbsent(leader, this::newEnds).join().thenApply(ends -> endOf(shard, ends));
            return witness.isEmpty()
                    ? told.thenApply(end -> new Lsn(end.offset()))
                    : told.thenCombine(
                            leadersByWitness
                                    .computeIfAbsent(witness.get(), this::newLeaders)
                                    .join(),
                            (end, leaders) -> confirmed(shard, leader.id(), end, leaderOf(shard, leaders)));
        } catch (LogException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private Node leader(ShardId shard, PartitionInfo partition) {
        Node leader = partition.leader();
        if (leader == null || leader.isEmpty()) {
            throw unconfirmed(shard, "it has no leader");
        }
        return leader;
    }

    /** Who has to confirm that the leader leads: another one after each failure; nobody where there is no other replica. */
    private Optional<Node> witness(ShardId shard, PartitionInfo partition, Node leader, int failures) {
        List<Node> others = Arrays.stream(partition.replicas())
                .filter(replica -> replica.id() != leader.id())
                .toList();
        if (minInsyncReplicas < others.size()) {
            throw unconfirmed(
                    shard, "min.insync.replicas of " + minInsyncReplicas + " does not make one witness enough");
        }
        if (others.isEmpty()) {
            return Optional.empty();
        }
        List<Node> witnesses = others.stream().filter(other -> !other.isEmpty()).toList();
        if (witnesses.isEmpty()) {
            throw unconfirmed(shard, "no other replica's broker is there");
        }
        return Optional.of(witnesses.get(failures % witnesses.size()));
    }

    private NextCall<Map<Integer, ListOffsetsPartitionResponse>> newEnds(Node leader) {
        return new NextCall<>(
                "ask broker " + leader.idString() + " for the ends of " + topic,
                () -> requests.send(leader, endsRequest(leader))
                        .thenApply(response -> ((ListOffsetsResponse) response)
                                .topics().stream()
                                        .flatMap(told -> told.partitions().stream())
                                        .collect(toMap(ListOffsetsPartitionResponse::partitionIndex, told -> told))));
    }

    private NextCall<Map<Integer, MetadataResponsePartition>> newLeaders(Node witness) {
        return new NextCall<>(
                "ask broker " + witness.idString() + " for the leaders of " + topic,
                () -> requests.send(witness, new MetadataRequest.Builder(List.of(topic), false))
                        .thenApply(response -> ((MetadataResponse) response)
                                .data().topics().stream()
                                        .flatMap(told -> told.partitions().stream())
                                        .collect(toMap(MetadataResponsePartition::partitionIndex, told -> told))));
    }

    private ListOffsetsRequest.Builder endsRequest(Node leader) {
        List<ListOffsetsPartition> led = partitions.get().stream()
                .filter(partition -> leader.equals(partition.leader()))
                .map(partition -> new ListOffsetsPartition()
                        .setPartitionIndex(partition.partition())
                        .setTimestamp(ListOffsetsRequest.LATEST_TIMESTAMP))
                .toList();
        return ListOffsetsRequest.Builder.forConsumer(true, IsolationLevel.READ_UNCOMMITTED)
                .setTargetTimes(List.of(new ListOffsetsTopic().setName(topic).setPartitions(led)));
    }

    private ListOffsetsPartitionResponse endOf(ShardId shard, Map<Integer, ListOffsetsPartitionResponse> ends) {
        ListOffsetsPartitionResponse end = ends.get(shard.value());
        if (end == null) {
            throw unconfirmed(shard, "its leader says nothing of it");
        }
        requireNoError(shard, end.errorCode());
        return end;
    }

    private MetadataResponsePartition leaderOf(ShardId shard, Map<Integer, MetadataResponsePartition> leaders) {
        MetadataResponsePartition leader = leaders.get(shard.value());
        if (leader == null) {
            throw unconfirmed(shard, "the witness does not know it");
        }
        return leader;
    }

    /** The end that the leader told, if the witness names the same leader in the same epoch. */
    Lsn confirmed(ShardId shard, int leaderId, ListOffsetsPartitionResponse told, MetadataResponsePartition witnessed) {
        requireNoError(shard, witnessed.errorCode());
        if (told.leaderEpoch() == NO_EPOCH
                || told.leaderEpoch() != witnessed.leaderEpoch()
                || leaderId != witnessed.leaderId()) {
            throw unconfirmed(
                    shard,
                    "broker " + leaderId + " leads it in epoch " + told.leaderEpoch()
                            + ", while the witness knows broker " + witnessed.leaderId() + " in epoch "
                            + witnessed.leaderEpoch());
        }
        return new Lsn(told.offset());
    }

    private void requireNoError(ShardId shard, short code) {
        Errors error = Errors.forCode(code);
        if (error != Errors.NONE) {
            throw unconfirmed(shard, requireNonNull(error.message()));
        }
    }

    private LogException unconfirmed(ShardId shard, String reason) {
        return new LogException(Kind.UNAVAILABLE, action(shard) + ": " + reason);
    }

    private String action(ShardId shard) {
        return "confirm the end of " + topic + " shard " + shard;
    }

    @Override
    public void close() {
        requests.close();
    }
}
