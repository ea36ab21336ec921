package io.tidemark.materializer.streams;

import io.tidemark.materializer.store.ReplicaReader;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.WalRecord;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.FailureReason;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.jspecify.annotations.Nullable;

/**
 * A replica as Kafka Streams sees it. The store counts its own offsets (KIP-1035): its position is written with its content,
 * whatever Kafka Streams commits.
 *
 * <p>Kafka Streams opens, closes and opens the same object again, from different threads, one after the other.
 */
final class ReplicaStateStore implements StateStore {
    static final String NAME = "replica";

    private final ReplicaRegistry registry;
    private final String topic;
    private final PolledOffsets polled;
    private final RecordChunk chunk = new RecordChunk(records -> hosted().apply(records));
    private volatile @Nullable HostedReplica replica;
    private volatile boolean open;

    ReplicaStateStore(ReplicaRegistry registry, String topic, PolledOffsets polled) {
        this.registry = registry;
        this.topic = topic;
        this.polled = polled;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        chunk.clear();
        HostedReplica hosted = registry.forOwner(new ShardId(context.taskId().partition()));
        hosted.open(context.stateDir().toPath().resolve(NAME));
        replica = hosted;
        open = true;
        context.register(root, new RestoreCallback(hosted::restore));
    }

    private HostedReplica hosted() {
        return Objects.requireNonNull(replica, "Kafka Streams initializes a store before it uses it");
    }

    /** For the processor: applies the record, together with those that follow it at once. */
    void apply(WalRecord record) {
        chunk.offer(
                record, polled.isFollowed(record.shard().value(), record.lsn().offset()));
    }

    void serve() {
        hosted().serve();
    }

    void stopServing() {
        chunk.flush();
        hosted().stopServing();
    }

    /** Says whether the task must be restarted. */
    boolean tick() {
        chunk.flush();
        return hosted().tick();
    }

    // Deprecated so that it can become the rule in a later Kafka; until then it must be said.
    @SuppressWarnings("deprecation")
    @Override
    public boolean managesOffsets() {
        return true;
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition partition) {
        return hosted().lastApplied().map(Lsn::offset).orElse(null);
    }

    /** What was applied needs no commit; an empty or absent offset means that the content is to be forgotten. */
    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        chunk.flush();
        if (changelogOffsets.isEmpty() || changelogOffsets.values().stream().anyMatch(Objects::isNull)) {
            hosted().wipeOnOpen();
        }
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            hosted().close();
        }
    }

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public <R> QueryResult<R> query(Query<R> query, PositionBound bound, QueryConfig config) {
        if (!(query instanceof ReplicaQuery)) {
            return QueryResult.forUnknownQueryType(query, this);
        }
        Position position = getPosition();
        if (!isReached(bound.position(), position)) {
            return QueryResult.notUpToBound(position, bound, hosted().shard().value());
        }
        ReplicaReader reader = hosted().reader();
        if (reader == null) {
            return QueryResult.forFailure(FailureReason.STORE_EXCEPTION, "the replica could not be opened");
        }
        QueryResult<R> result = QueryResult.forResult(asResult(reader));
        result.setPosition(position);
        return result;
    }

    /** A {@link ReplicaQuery} is a query for a reader. */
    @SuppressWarnings("unchecked")
    private static <R> R asResult(ReplicaReader reader) {
        return (R) reader;
    }

    /** Only the shard's own partition counts; of others this store knows nothing. */
    private boolean isReached(Position bound, Position position) {
        int partition = hosted().shard().value();
        Long wanted = bound.getPartitionPositions(topic).get(partition);
        Long reached = position.getPartitionPositions(topic).get(partition);
        return wanted == null || (reached != null && reached >= wanted);
    }

    @Override
    public Position getPosition() {
        Position position = Position.emptyPosition();
        return hosted().lastApplied()
                .map(lsn -> position.withComponent(topic, hosted().shard().value(), lsn.offset()))
                .orElse(position);
    }
}
