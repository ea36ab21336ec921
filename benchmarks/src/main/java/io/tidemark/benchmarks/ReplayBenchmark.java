package io.tidemark.benchmarks;

import io.tidemark.materializer.store.Replica;
import io.tidemark.materializer.store.RocksReplicaStore;
import io.tidemark.materializer.store.RocksResources;
import io.tidemark.materializer.store.StoreSettings;
import io.tidemark.schema.wire.WalRecord;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Applying a log to an empty RocksDB replica, for each record: one by one as when serving, in batches of 1,000 as when restoring. The
 * floor is to put the records' keys and values into a bare RocksDB in the same batches.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 4)
@Measurement(iterations = 5)
public class ReplayBenchmark {
    static final int RECORDS = 200_000;
    private static final int KEYS = RECORDS / 2;

    /** Records in a batch. */
    @Param({"1", "1000"})
    public int batch;

    private final List<WalRecord> records = new Workload(KEYS).puts(RECORDS - 1);
    private final RocksResources resources = new RocksResources(StoreSettings.DEFAULT);
    private Path folder = Path.of("");

    @Setup(Level.Iteration)
    public void createFolder() {
        folder = Folders.create();
    }

    @TearDown(Level.Iteration)
    public void deleteFolder() {
        Folders.delete(folder);
    }

    @TearDown
    public void close() {
        resources.close();
    }

    @Benchmark
    public long replica() {
        RocksReplicaStore store = RocksReplicaStore.open(Workload.SHARD, folder, resources);
        try (Replica replica = new Replica(store, InstantSource.system())) {
            for (int start = 0; start < RECORDS; start += batch) {
                replica.applyAll(records.subList(start, start + batch));
            }
            return replica.nextLsn().offset();
        }
    }

    @Benchmark
    public long bareRocks() throws RocksDBException {
        try (RocksDB database = RocksDB.open(folder.toString());
                WriteOptions options = new WriteOptions().setDisableWAL(true)) {
            for (int start = 0; start < RECORDS; start += batch) {
                try (WriteBatch writes = new WriteBatch()) {
                    for (WalRecord record : records.subList(start, start + batch)) {
                        writes.put(record.key().array(), record.value().array());
                    }
                    database.write(options, writes);
                }
            }
            return database.getLatestSequenceNumber();
        }
    }
}
