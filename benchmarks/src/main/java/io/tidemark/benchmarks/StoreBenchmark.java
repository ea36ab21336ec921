package io.tidemark.benchmarks;

import io.tidemark.materializer.core.StoredItem;
import io.tidemark.materializer.store.DeepDigest;
import io.tidemark.materializer.store.Replica;
import io.tidemark.materializer.store.ReplicaSnapshot;
import io.tidemark.materializer.store.RocksReplicaStore;
import io.tidemark.materializer.store.RocksResources;
import io.tidemark.materializer.store.StoreSettings;
import io.tidemark.schema.key.ItemKey;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.wire.WalRecord;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
import org.rocksdb.RocksDBException;

/** Reading a replica that is flushed to disk: one item, and everything. The floor of the deep scan is a bare RocksDB iterator. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class StoreBenchmark {
    private static final int RECORDS = 200_000;
    private static final int BATCH_RECORDS = 1_000;

    private final SplittableRandom random = new SplittableRandom(1);
    private final Path folder = Folders.create();
    private final RocksResources resources = new RocksResources(StoreSettings.DEFAULT);
    private final RocksReplicaStore store = RocksReplicaStore.open(Workload.SHARD, folder, resources);
    private final Replica replica = new Replica(store, InstantSource.system());
    private final BareItems bareItems;

    public StoreBenchmark() {
        List<WalRecord> records = new Workload(RECORDS).puts(RECORDS - 1);
        for (int start = 0; start < RECORDS; start += BATCH_RECORDS) {
            replica.applyAll(records.subList(start, start + BATCH_RECORDS));
        }
        store.flush();
        bareItems = new BareItems(folder);
    }

    @TearDown
    public void close() {
        bareItems.close();
        replica.close();
        resources.close();
        Folders.delete(folder);
    }

    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public @Nullable StoredItem get() {
        ItemKey key = KeyEncoding.encode(Workload.TABLE, Workload.KEY_SCHEMA, Workload.key(random.nextInt(RECORDS)));
        return replica.reader().item(key);
    }

    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public DeepDigest deepScan() {
        try (ReplicaSnapshot snapshot = replica.reader().snapshot()) {
            DeepDigest digest = snapshot.deepDigest(() -> false);
            if (!digest.damage().isEmpty()) {
                throw new IllegalStateException("damaged: " + digest.damage());
            }
            return digest;
        }
    }

    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public long bareIterator() throws RocksDBException {
        return bareItems.readAll();
    }
}
