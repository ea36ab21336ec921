package io.tidemark.materializer.streams;

import io.tidemark.log.Log;
import io.tidemark.materializer.core.Transition;
import io.tidemark.materializer.store.Evidence;
import io.tidemark.materializer.store.Replica;
import io.tidemark.materializer.store.RocksReplicaStore;
import io.tidemark.materializer.store.RocksResources;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.node.NodeReply.ReplicaState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all replicas of a node share. Thread-safe. */
final class ReplicaHost implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaHost.class);
    private static final String EVIDENCE_DIRECTORY = "evidence";

    private final RocksResources resources;
    private final Evidence evidence;
    private final HoleReader holes;
    private final InstantSource clock;
    private final Duration flushInterval;
    private final Gathering gathering = new Gathering(Gathering.PAUSE);
    private final List<ReplicaListener> listeners = new CopyOnWriteArrayList<>();

    /** @param log to read what Kafka Streams leaves out; not closed */
    ReplicaHost(ZoneSettings settings, Log log, TrimmedRecords trimmed, InstantSource clock) {
        this.resources = new RocksResources(settings.stores());
        this.evidence = new Evidence(settings.dataDirectory().resolve(EVIDENCE_DIRECTORY));
        this.holes = new HoleReader(log, trimmed);
        this.clock = clock;
        this.flushInterval = settings.flushInterval();
    }

    Replica openReplica(ShardId shard, Path directory) {
        return new Replica(RocksReplicaStore.open(shard, directory, resources), clock);
    }

    Optional<Path> setAside(ShardId shard, Path directory, Lsn nextLsn) {
        return evidence.setAside(shard, directory, nextLsn);
    }

    HoleReader holes() {
        return holes;
    }

    Instant now() {
        return clock.instant();
    }

    Duration flushInterval() {
        return flushInterval;
    }

    Gathering gathering() {
        return gathering;
    }

    void addListener(ReplicaListener listener) {
        listeners.add(listener);
    }

    void tellApplied(ShardId shard, List<Transition> transitions) {
        tell(listener -> listener.applied(shard, transitions));
    }

    void tellState(ShardId shard, ReplicaState state, String detail) {
        tell(listener -> listener.stateChanged(shard, state, detail));
    }

    void tellRemoved(ShardId shard) {
        tell(listener -> listener.removed(shard));
    }

    /** A listener that throws must not stop a replica. */
    private void tell(Consumer<ReplicaListener> message) {
        for (ReplicaListener listener : listeners) {
            try {
                message.accept(listener);
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("a listener failed; the replica goes on");
            }
        }
    }

    @Override
    public void close() {
        resources.close();
    }
}
