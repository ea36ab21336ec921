package io.tidemark.materializer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.ShardId;
import io.tidemark.schema.key.KeyEncoding;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedMemoryTest {
    private static final long MIB = 1 << 20;
    private static final int SHARDS = 24;

    @TempDir
    Path directory;

    /** What each holds in write buffers and has read would be four times the limit. */
    @Test
    void manyStoresStayWithinTheMemoryOfOne() {
        StoreSettings settings = new StoreSettings(8 * MIB, 4 * MIB, 0, 2);
        List<Replica> replicas = new ArrayList<>();
        try (RocksResources resources = new RocksResources(settings)) {
            try {
                for (int number = 0; number < SHARDS; number++) {
                    ShardId shard = new ShardId(number);
                    Replica replica = new Replica(
                            RocksReplicaStore.open(shard, directory.resolve("shard-" + number), resources),
                            InstantSource.system());
                    replicas.add(replica);
                    replica.applyAll(new TestLog(shard, number).items(1_500, 1_000));
                }
                replicas.forEach(SharedMemoryTest::readAll);
                assertThat(resources.cacheUsageBytes()).isPositive().isLessThanOrEqualTo(10 * MIB);
            } finally {
                replicas.forEach(Replica::close);
            }
        }
    }

    private static void readAll(Replica replica) {
        try (ItemCursor cursor = replica.reader().items(KeyEncoding.tableRange(TestLog.TABLE), true)) {
            cursor.forEachRemaining(item -> assertThat(item.item()).isNotNull());
        }
    }
}
