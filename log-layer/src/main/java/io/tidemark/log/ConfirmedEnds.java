package io.tidemark.log;

import static java.util.Objects.requireNonNull;

import io.tidemark.log.LogException.Kind;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
import org.apache.kafka.common.requests.AbstractResponse;
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
    private final List<NextCall<Lsn>> calls;
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
        List<NextCall<Lsn>> all = new ArrayList<>();
        this.troubles = new AtomicReferenceArray<>(topic.partitions());
        for (int value = 0; value < topic.partitions(); value++) {
            ShardId shard = new ShardId(value);
            all.add(new NextCall<>(action(shard), () -> ask(shard)));
            troubles.set(value, Trouble.NONE);
        }
        this.calls = List.copyOf(all);
    }

    /** Fails with UNAVAILABLE if no confirmed end can be had now; a caller that cannot do without appends instead. */
    CompletionStage<Lsn> end(ShardId shard) {
        Trouble trouble = troubles.get(shard.value());
        if (trouble.failures() > 0 && trouble.untilNanos() - nanoTime.getAsLong() > 0) {
            return CompletableFuture.failedStage(
                    unconfirmed(shard, "it could not be a moment ago: " + trouble.reason()));
        }
        return calls.get(shard.value()).join();
    }

    private CompletionStage<Lsn> ask(ShardId shard) {
        int failures = troubles.get(shard.value()).failures();
        return attempt(shard, failures)
                .whenComplete((end, failure) ->
                        troubles.set(shard.value(), failure == null ? Trouble.NONE : trouble(failures + 1, failure)));
    }

    private Trouble trouble(int failures, Throwable failure) {
        String reason = String.valueOf(KafkaErrors.unwrap(failure).getMessage());
        return new Trouble(failures, nanoTime.getAsLong() + PAUSE.toNanos(), reason);
    }

    private CompletionStage<Lsn> attempt(ShardId shard, int failures) {
        PartitionInfo partition = partitions.get().stream()
                .filter(info -> info.partition() == shard.value())
                .findFirst()
                .orElseThrow(() -> unconfirmed(shard, "its leader is not known"));
        Node leader = partition.leader();
        if (leader == null || leader.isEmpty()) {
            throw unconfirmed(shard, "it has no leader");
        }
        List<Node> others = Arrays.stream(partition.replicas())
                .filter(replica -> replica.id() != leader.id())
                .toList();
        if (minInsyncReplicas < others.size()) {
            throw unconfirmed(
                    shard, "min.insync.replicas of " + minInsyncReplicas + " does not make one witness enough");
        }
        if (others.isEmpty()) {
            return requests.send(leader, endRequest(shard))
                    .thenApply(told -> new Lsn(endOf(shard, told).offset()));
        }
        List<Node> witnesses = others.stream().filter(other -> !other.isEmpty()).toList();
        if (witnesses.isEmpty()) {
            throw unconfirmed(shard, "no other replica's broker is there");
        }
        Node witness = witnesses.get(failures % witnesses.size());
        return requests.send(leader, endRequest(shard))
                .thenCombine(
                        requests.send(witness, leaderRequest()),
                        (told, confirmed) ->
                                confirmed(shard, leader.id(), endOf(shard, told), leaderOf(shard, confirmed)));
    }

    private ListOffsetsRequest.Builder endRequest(ShardId shard) {
        ListOffsetsTopic asked = new ListOffsetsTopic()
                .setName(topic)
                .setPartitions(List.of(new ListOffsetsPartition()
                        .setPartitionIndex(shard.value())
                        .setTimestamp(ListOffsetsRequest.LATEST_TIMESTAMP)));
        return ListOffsetsRequest.Builder.forConsumer(true, IsolationLevel.READ_UNCOMMITTED)
                .setTargetTimes(List.of(asked));
    }

    private MetadataRequest.Builder leaderRequest() {
        return new MetadataRequest.Builder(List.of(topic), false);
    }

    private ListOffsetsPartitionResponse endOf(ShardId shard, AbstractResponse response) {
        ListOffsetsPartitionResponse end = ((ListOffsetsResponse) response)
                .topics().stream()
                        .flatMap(told -> told.partitions().stream())
                        .filter(told -> told.partitionIndex() == shard.value())
                        .findFirst()
                        .orElseThrow(() -> unconfirmed(shard, "its leader says nothing of it"));
        requireNoError(shard, end.errorCode());
        return end;
    }

    private MetadataResponsePartition leaderOf(ShardId shard, AbstractResponse response) {
        return ((MetadataResponse) response)
                .data().topics().stream()
                        .flatMap(told -> told.partitions().stream())
                        .filter(told -> told.partitionIndex() == shard.value())
                        .findFirst()
                        .orElseThrow(() -> unconfirmed(shard, "the witness does not know it"));
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
