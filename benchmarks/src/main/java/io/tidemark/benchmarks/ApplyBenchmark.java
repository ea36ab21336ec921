package io.tidemark.benchmarks;

import io.tidemark.materializer.core.StateMachine;
import io.tidemark.materializer.core.Transition;
import io.tidemark.materializer.store.MemoryReplicaStore;
import io.tidemark.materializer.store.ReplicaStore;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.wire.WalPayload;
import io.tidemark.schema.wire.WalRecord;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The pure state machine on a state in memory, without adding its transitions: decoding, deduplication, evaluation, encoding of
 * the new item. The floor is {@link CodecBenchmark#decodeRecord}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class ApplyBenchmark {
    private static final int ITEMS = 1_000;

    private final MemoryReplicaStore store = new MemoryReplicaStore(Workload.SHARD);
    private final ReplicaStore.Batch state = store.begin();
    private final WalRecord put;
    private final WalRecord update;

    public ApplyBenchmark() {
        Workload workload = new Workload(ITEMS);
        add(workload.open());
        for (int key = 0; key < ITEMS; key++) {
            add(next(workload.put(key)));
        }
        put = next(workload.put(1));
        update = next(workload.conditionalUpdate(2));
    }

    private WalRecord next(WalPayload payload) {
        Lsn lsn = state.nextLsn();
        return Workload.record(lsn, payload);
    }

    private void add(WalRecord record) {
        state.add(StateMachine.apply(state, record));
    }

    @TearDown
    public void close() {
        state.close();
        store.close();
    }

    @Benchmark
    public Transition put() {
        return StateMachine.apply(state, put);
    }

    @Benchmark
    public Transition updateWithCondition() {
        return StateMachine.apply(state, update);
    }
}
