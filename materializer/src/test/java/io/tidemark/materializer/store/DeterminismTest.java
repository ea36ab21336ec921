package io.tidemark.materializer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.materializer.core.testing.Histories;
import io.tidemark.materializer.core.testing.PlainState;
import io.tidemark.materializer.core.testing.StateHash;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.hash.StateDigest;
import io.tidemark.schema.wire.WalRecord;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same log gives the same digest, whichever store, batching and restarts. A failure names the seed of its history; run that
 * one alone with {@code -Dtidemark.history.seed=…}, or more of them with {@code -Dtidemark.histories=…}.
 */
class DeterminismTest {
    private static final ShardId SHARD = new ShardId(0);
    private static final int HISTORIES = Integer.getInteger("tidemark.histories", 2_000);
    private static final long FIRST_SEED = Long.getLong("tidemark.history.seed", 1);
    /** Opening RocksDB is what takes the time: most histories are for the memory store and the batching alone. */
    private static final int HISTORIES_PER_DISK_HISTORY = 20;

    private static final int RECORDS = 120;
    private static final int DISK_RECORDS = 600;

    private static RocksResources resources;

    @TempDir
    Path directory;

    @BeforeAll
    static void openResources() {
        resources = new RocksResources(StoreSettings.DEFAULT);
    }

    @AfterAll
    static void closeResources() {
        resources.close();
    }

    @Test
    void theSameLogGivesTheSameDigestInMemoryInAnyBatching() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
            Histories history = new Histories(seed, SHARD);
            List<WalRecord> records = take(history, RECORDS);
            StateDigest oneByOne = inMemory(records, 1, new SplittableRandom(seed));
            StateDigest inBatches = inMemory(records, 50, new SplittableRandom(seed));
            assertThat(inBatches).as("seed %d", seed).isEqualTo(oneByOne);
            assertThat(oneByOne.lanes()).as("seed %d", seed).isEqualTo(StateHash.lanes(history.state()));
        }
    }

    @Test
    void theSameLogGivesTheSameDigestOnDiskInAnyBatchingWithRestartsAnywhere() {
        int histories = Math.max(1, HISTORIES / HISTORIES_PER_DISK_HISTORY);
        for (long seed = FIRST_SEED; seed < FIRST_SEED + histories; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<WalRecord> records = take(new Histories(seed, SHARD), DISK_RECORDS);
            StateDigest expected = inMemory(records, 50, random);
            assertThat(onDisk(records, directory.resolve("seed-" + seed), random))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    /** Many forgotten outcomes and thousands of items, so that compactions and deletions of ranges take part. */
    @Test
    void aLongHistoryEndsEqualOnDiskAndInMemory() {
        long seed = FIRST_SEED;
        SplittableRandom random = new SplittableRandom(seed);
        Histories history = new Histories(seed, SHARD);
        List<WalRecord> records = take(history, 20_000);
        StateDigest expected = inMemory(records, 1_000, random);
        PlainState plain = history.state();
        assertThat(expected.itemCount()).isEqualTo(plain.items().size());
        assertThat(onDisk(records, directory.resolve("long"), random)).isEqualTo(expected);
    }

    private static List<WalRecord> take(Histories history, int count) {
        List<WalRecord> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            records.add(history.next());
        }
        return records;
    }

    private static StateDigest inMemory(List<WalRecord> records, int maxBatch, RandomGenerator random) {
        try (Replica replica = new Replica(new MemoryReplicaStore(SHARD), InstantSource.system())) {
            for (int applied = 0; applied < records.size(); ) {
                int end = Math.min(records.size(), applied + 1 + random.nextInt(maxBatch));
                replica.applyAll(records.subList(applied, end));
                applied = end;
            }
            return digest(replica);
        }
    }

    /** Offers each record at least once, some again, and restarts here and there: sometimes before what is applied was flushed. */
    private static StateDigest onDisk(List<WalRecord> records, Path path, RandomGenerator random) {
        Replica replica = open(path);
        try {
            while (replica.nextLsn().offset() < records.size()) {
                int next = (int) replica.nextLsn().offset();
                int start = Math.max(0, next - random.nextInt(20));
                int end = Math.min(records.size(), next + 1 + random.nextInt(records.size() / 3));
                replica.applyAll(records.subList(start, end));
                if (random.nextInt(4) == 0) {
                    replica.store().flush();
                }
                if (random.nextInt(6) == 0) {
                    replica.close();
                    replica = open(path);
                }
            }
            replica.close();
            replica = open(path);
            try (ReplicaSnapshot snapshot = replica.reader().snapshot()) {
                DeepDigest deep = snapshot.deepDigest(() -> false);
                assertThat(deep.damage()).isEmpty();
                assertThat(deep.digest()).isEqualTo(snapshot.digest());
                return snapshot.digest();
            }
        } finally {
            replica.close();
        }
    }

    private static Replica open(Path path) {
        return new Replica(RocksReplicaStore.open(SHARD, path, resources), InstantSource.system());
    }

    private static StateDigest digest(Replica replica) {
        try (ReplicaSnapshot snapshot = replica.reader().snapshot()) {
            return snapshot.digest();
        }
    }
}
