package io.tidemark.materializer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.wire.WalRecord;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
    private static final long MIB = 1 << 20;

    @TempDir
    Path directory;

    @Test
    @Timeout(180)
    void aFullDiskStopsTheReplicaAndNothingIsLostOnceThereIsRoom() {
        TestLog log = new TestLog(1);
        List<WalRecord> records = new ArrayList<>(List.of(log.open()));
        for (int i = 0; i < 20_000; i++) {
            records.add(log.put(TestLog.id(i), log.text(500)));
        }
        StoreSettings full = new StoreSettings(8 * MIB, 2 * MIB, 3 * MIB, 1);
        try (RocksResources resources = new RocksResources(full);
                Replica replica = open(resources)) {
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> records.forEach(replica::apply))
                    .withMessageContaining("shard 0")
                    .withMessageContaining("Make room");
            Lsn stopped = replica.nextLsn();
            assertThat(stopped).isLessThan(log.nextLsn());
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> replica.apply(records.get((int) stopped.offset())));
            assertThat(replica.reader().item(TestLog.itemKey(TestLog.id(0)))).isNotNull();
        }
        try (RocksResources resources = new RocksResources(StoreSettings.DEFAULT);
                Replica replica = open(resources);
                Replica expected = new Replica(new MemoryReplicaStore(TestLog.SHARD), InstantSource.system())) {
            replica.applyAll(records);
            expected.applyAll(records);
            try (ReplicaSnapshot found = replica.reader().snapshot();
                    ReplicaSnapshot wanted = expected.reader().snapshot()) {
                assertThat(found.digest()).isEqualTo(wanted.digest());
                assertThat(found.deepDigest(() -> false).damage()).isEmpty();
            }
        }
    }

    private Replica open(RocksResources resources) {
        Path path = directory.resolve("store");
        return new Replica(RocksReplicaStore.open(TestLog.SHARD, path, resources), InstantSource.system());
    }
}
