package io.tidemark.materializer.streams;

import io.tidemark.log.Log;
import io.tidemark.materializer.store.ReplicaReader;
import io.tidemark.materializer.store.ReplicaSnapshot;
import io.tidemark.materializer.store.StoreInUseException;
import io.tidemark.materializer.store.StoreUnavailableException;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply.ReplicaState;
import io.tidemark.schema.node.NodeReply.ReplicaStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's part in its zone's Kafka Streams application: shares the zone's shards with the zone's other nodes and keeps their
 * replicas. Thread-safe.
 */
public final class ZoneApplication implements Replicas, AutoCloseable {
    /** How long closing waits for the threads; enough for a flush of every store. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger(ZoneApplication.class);

    private final ZoneSettings settings;
    private final ReplicaHost host;
    private final ReplicaRegistry registry;
    private final KafkaStreams streams;
    private final ThreadFailures failures;
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();

    /**
     * @param log the write-ahead log, to read what Kafka Streams leaves out when it restores; not closed
     * @param trimmed where replicas find what the log no longer holds; without it they fail
     * @throws StoreInUseException if another process uses the data directory
     * @throws StoreUnavailableException if the data directory cannot be written
     */
    public ZoneApplication(ZoneSettings settings, Log log, TrimmedRecords trimmed, InstantSource clock) {
        this.settings = settings;
        this.host = new ReplicaHost(settings, log, trimmed, clock);
        this.registry = new ReplicaRegistry(host);
        this.failures = new ThreadFailures(clock);
        PolledOffsets polled = new PolledOffsets();
        try {
            this.streams = new KafkaStreams(
                    ZoneTopology.of(settings.walTopic(), registry, polled),
                    new StreamsConfig(StreamsProperties.of(settings)),
                    new ZoneClients(polled, host.gathering()));
        } catch (RuntimeException e) {
            host.close();
            throw cannotStart(e);
        }
        streams.setUncaughtExceptionHandler(failures);
        streams.setStateListener((state, before) -> {
            if (state == KafkaStreams.State.RUNNING) {
                caughtUp.complete(null);
            }
        });
    }

    private RuntimeException cannotStart(RuntimeException cause) {
        String what = "cannot use the data directory " + settings.dataDirectory() + ": " + cause.getMessage();
        return switch (cause) {
            case ProcessorStateException unusable ->
                new StoreUnavailableException(what + ". Check permissions and space of the disk", unusable);
            case StreamsException locked ->
                new StoreInUseException(what + ". Stop the process that has it, or use another directory", locked);
            default -> cause;
        };
    }

    /**
     * Joins the zone and returns; shards come when the group has assigned them.
     *
     * @throws io.tidemark.materializer.store.StoreException if a store that is there cannot be used
     */
    public void start() {
        streams.start();
    }

    @Override
    public Zone zone() {
        return settings.zone();
    }

    /** Completes if the application had to give up; the node must be stopped then. */
    public CompletionStage<Throwable> fault() {
        return failures.fault();
    }

    /** Completes when the node has caught up with all shards that the zone's group gave it at first: with none, maybe. */
    public CompletionStage<Void> caughtUp() {
        return caughtUp.minimalCompletionStage();
    }

    /** Why this node does not serve all shards that it has, or does not know yet which it has; empty if it serves them all. */
    public List<String> notServing() {
        List<String> reasons = new ArrayList<>();
        boolean running = streams.state() == KafkaStreams.State.RUNNING;
        for (ReplicaStatus status : registry.statuses()) {
            // What a running node restores is a copy that it is about to take over from another node of the zone.
            boolean expected = running && status.state() == ReplicaState.RESTORING;
            if (status.state() != ReplicaState.SERVING && !expected) {
                reasons.add("shard " + status.shard() + " is " + status.state() + " at LSN " + status.nextLsn()
                        + (status.detail().isEmpty() ? "" : ": " + status.detail()));
            }
        }
        if (!running && reasons.isEmpty()) {
            reasons.add("the zone's nodes are dividing the shards among them");
        }
        return reasons;
    }

    @Override
    public List<ReplicaStatus> statuses() {
        return registry.statuses();
    }

    @Override
    public void requireServing(ShardId shard) {
        registry.require(shard).requireServing();
    }

    @Override
    public ReplicaReader reader(ShardId shard) {
        requireServing(shard);
        StateQueryRequest<ReplicaReader> request = StateQueryRequest.inStore(ReplicaStateStore.NAME)
                .withQuery(ReplicaQuery.INSTANCE)
                .withPartitions(Set.of(shard.value()));
        QueryResult<ReplicaReader> result;
        try {
            result = streams.query(request).getPartitionResults().get(shard.value());
        } catch (StreamsException | IllegalStateException e) {
            throw new NodeException(Kind.NOT_SERVING, "this node is not running: " + e.getMessage(), e);
        }
        if (result == null || result.isFailure()) {
            String reason = result == null ? "unknown" : result.getFailureMessage();
            throw new NodeException(Kind.NOT_SERVING, "shard " + shard + " cannot be queried now: " + reason);
        }
        return result.getResult();
    }

    @Override
    public CompletionStage<Void> awaitApplied(ShardId shard, Lsn nextLsn, Duration deadline) {
        try {
            return registry.require(shard).awaitApplied(nextLsn, deadline);
        } catch (NodeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public Gathering gathering() {
        return host.gathering();
    }

    @Override
    public ReplicaSnapshot captured(ShardId shard, Lsn barrier) {
        return registry.require(shard).captured(barrier);
    }

    @Override
    public void quarantine(ShardId shard, String reason) {
        registry.require(shard).quarantine(reason);
    }

    @Override
    public void addListener(ReplicaListener listener) {
        host.addListener(listener);
    }

    /** Leaves the zone's group, so that others take over at once, and closes every store. Closing again does nothing. */
    @Override
    public void close() {
        CloseOptions options = CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE_TIMEOUT);
        if (streams.close(options)) {
            host.close();
        } else {
            // Freeing what a thread still uses would end the process.
            LOG.atWarn()
                    .addKeyValue("zone", settings.zone())
                    .log("threads did not stop in time; their stores stay open");
        }
    }
}
