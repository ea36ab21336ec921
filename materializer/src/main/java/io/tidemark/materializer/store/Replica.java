package io.tidemark.materializer.store;

import io.tidemark.materializer.core.StateMachine;
import io.tidemark.materializer.core.Transition;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.schema.wire.WalRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Applies the log to a store: the one step that a zone's topology, its restoration and the reference replica share. For the
 * thread that owns the store; {@link #reader} and {@link #captures} are for any.
 *
 * <p>Records that are applied already are skipped, so that the log may be offered again from any earlier point. A fault stops
 * it at the record before: what was applied stays applied, and nothing after the fault is.
 */
public final class Replica implements AutoCloseable {
    /** A batch is written when it has grown to this; bounds memory whatever the size of the records. */
    private static final long MAX_BATCH_BYTES = 4 << 20;

    private final ReplicaStore store;
    private final InstantSource clock;
    private final BarrierCaptures captures;

    /** Takes over the store. */
    public Replica(ReplicaStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.captures = new BarrierCaptures(clock);
    }

    /** Everything before it is applied. */
    public Lsn nextLsn() {
        return store.nextLsn();
    }

    public ReplicaReader reader() {
        return store.reader();
    }

    public BarrierCaptures captures() {
        return captures;
    }

    public ReplicaStore store() {
        return store;
    }

    /**
     * Applies one record.
     *
     * @return what it did; absent if it was applied before
     * @throws LogGapException if records before it are missing
     * @throws io.tidemark.schema.wire.NewerSemanticsException if this build is too old for it
     * @throws StoreException if the store did not do its part; it must be opened again
     */
    public Optional<Transition> apply(WalRecord record) {
        List<Transition> transitions = applyAll(List.of(record));
        return transitions.isEmpty() ? Optional.empty() : Optional.of(transitions.getFirst());
    }

    /**
     * Applies records in order, many in one batch; otherwise as {@link #apply}.
     *
     * @return what those that were not applied before did
     */
    public List<Transition> applyAll(List<WalRecord> records) {
        List<Transition> transitions = new ArrayList<>(records.size());
        int applied = 0;
        while (applied < records.size()) {
            applied += applyBatch(records.subList(applied, records.size()), transitions);
        }
        return transitions;
    }

    /** Applies the first records as one batch; says how many. */
    private int applyBatch(List<WalRecord> records, List<Transition> transitions) {
        try (ReplicaStore.Batch batch = store.begin()) {
            int taken = 0;
            boolean full = false;
            while (taken < records.size() && !full) {
                WalRecord record = records.get(taken++);
                Optional<Transition> transition = evaluate(batch, record);
                if (transition.isPresent()) {
                    batch.add(transition.get());
                    transitions.add(transition.get());
                    full = batch.sizeBytes() >= MAX_BATCH_BYTES || mustCapture(record);
                }
            }
            batch.commit();
            captureIfBarrier(records.get(taken - 1));
            return taken;
        }
    }

    /** Changes nothing, but that a fault commits what is before it. */
    private Optional<Transition> evaluate(ReplicaStore.Batch batch, WalRecord record) {
        try {
            Invariants.requireSameShard(store.shard(), record);
            Invariants.requireNoGap(store.shard(), batch.nextLsn(), record.lsn());
            if (record.lsn().isBefore(batch.nextLsn())) {
                return Optional.empty();
            }
            return Optional.of(StateMachine.apply(batch, record));
        } catch (RuntimeException fault) {
            batch.commit();
            throw fault;
        }
    }

    private void captureIfBarrier(WalRecord last) {
        if (last.lsn().next().equals(store.nextLsn()) && mustCapture(last)) {
            captures.add(last.lsn(), store.reader().snapshot());
        }
    }

    /** Nobody asks for the state at a barrier that is older than captures may be. */
    private boolean mustCapture(WalRecord record) {
        if (!WalCodec.isVerifyBarrier(record)) {
            return false;
        }
        Instant appendedAt = Instant.ofEpochMilli(record.timestampMs());
        Duration age = Duration.between(appendedAt, clock.instant());
        return age.compareTo(BarrierCaptures.MAX_AGE) < 0;
    }

    @Override
    public void close() {
        captures.close();
        store.close();
    }
}
