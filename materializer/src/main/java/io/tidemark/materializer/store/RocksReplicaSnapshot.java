package io.tidemark.materializer.store;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.hash.StateDigest;
import io.tidemark.schema.node.NodeReply.LaneEntriesResult;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One handle on a frozen state; further handles share what RocksDB holds for it. */
final class RocksReplicaSnapshot extends RocksView implements ReplicaSnapshot, ControlContent {
    private final NativeSnapshot shared;
    private final Position position;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Takes over one reference. */
    private RocksReplicaSnapshot(ShardId shard, NativeSnapshot shared, Position position) {
        super(shard, shared.database(), shared.options());
        this.shared = shared;
        this.position = position;
    }

    static RocksReplicaSnapshot take(ShardId shard, RocksDatabase database) {
        NativeSnapshot shared = new NativeSnapshot(database);
        try {
            return new RocksReplicaSnapshot(shard, shared, database.readPosition(shared.options()));
        } catch (RuntimeException e) {
            shared.release();
            throw e;
        }
    }

    @Override
    void acquire() {
        if (closed.get()) {
            throw new StoreClosedException("the snapshot of the " + database().name() + " is closed");
        }
        shared.retain();
    }

    @Override
    void release() {
        shared.release();
    }

    @Override
    public Position position() {
        return position;
    }

    @Override
    public Lsn nextLsn() {
        return position.nextLsn();
    }

    @Override
    public long itemCount() {
        return position.itemCount();
    }

    @Override
    public long rejectedCount() {
        return position.rejectedCount();
    }

    @Override
    public ReplicaSnapshot snapshot() {
        acquire();
        return new RocksReplicaSnapshot(shard(), shared, position);
    }

    @Override
    public StateDigest digest() {
        return new StateDigest(shard(), nextLsn(), lanes(), ControlHash.of(this), itemCount());
    }

    /** The sums as they were kept up to date. */
    List<Bytes> lanes() {
        Lanes lanes = new Lanes();
        byte[] start = {StoreFormat.LANE};
        try (EntryCursor cursor = cursor(Family.META, start, StoreFormat.endOfPrefix(start), true)) {
            while (cursor.next()) {
                byte[] key = cursor.key();
                lanes.load(StoreFormat.laneOf(key), Bytes.wrap(open(key, cursor.value())));
            }
        }
        return lanes.toBytes();
    }

    @Override
    public void forEach(Section section, BiConsumer<byte[], byte[]> consumer) {
        byte[] prefix = {section.code()};
        boolean outcomes = section == Section.OUTCOMES;
        Family family = outcomes ? Family.OUTCOMES : Family.META;
        byte[] start = outcomes ? StoreFormat.outcomeKey(position.outcomesStart()) : prefix;
        byte @Nullable [] end = outcomes ? null : StoreFormat.endOfPrefix(prefix);
        try (EntryCursor cursor = cursor(family, start, end, true)) {
            while (cursor.next()) {
                byte[] key = cursor.key();
                consumer.accept(key, open(key, cursor.value()));
            }
        }
    }

    @Override
    public DeepDigest deepDigest(BooleanSupplier stop) {
        return new DeepScan(this, stop).run();
    }

    @Override
    public LaneEntriesResult laneEntries(Set<Integer> lanes, Optional<Bytes> after, int limit) {
        try (EntryCursor cursor = cursor(Family.ITEMS, null, null, true)) {
            return new LaneWalk(cursor, lanes).page(after, limit);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            shared.release();
        }
    }
}
