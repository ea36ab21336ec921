package io.tidemark.materializer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.tidemark.materializer.core.StoredItem;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.hash.StateDigest;
import io.tidemark.schema.key.ItemKey;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.wire.WalRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksReplicaStoreTest extends ReplicaStoreContract {
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

    @Override
    ReplicaStore open() {
        return RocksReplicaStore.open(TestLog.SHARD, directory.resolve("store"), resources);
    }

    @Test
    void anotherStoreCannotOpenTheSameDirectory() {
        assertThatExceptionOfType(StoreInUseException.class)
                .isThrownBy(this::open)
                .withMessageContaining(directory.resolve("store").toString());
    }

    @Test
    void theDirectoryOfAnotherShardIsRefused() {
        Path other = directory.resolve("other");
        RocksReplicaStore.open(new ShardId(5), other, resources).close();
        assertThatExceptionOfType(DamagedStoreException.class)
                .isThrownBy(() -> RocksReplicaStore.open(new ShardId(6), other, resources))
                .withMessageContaining("of shard 5");
        RocksReplicaStore.open(new ShardId(5), other, resources).close();
    }

    @Test
    void aStoreThatWasClosedIsOpenedWhereItStood() {
        Path path = directory.resolve("closed");
        TestLog log = new TestLog(2);
        StateDigest before;
        long outcomeBytes;
        try (Replica replica = replica(path)) {
            replica.applyAll(log.items(100, 20));
            replica.apply(log.misdirected("x"));
            before = digest(replica);
            try (ReplicaStore.Batch batch = replica.store().begin()) {
                outcomeBytes = batch.rememberedOutcomeBytes();
                batch.commit();
            }
        }
        try (Replica replica = replica(path)) {
            assertThat(replica.nextLsn()).isEqualTo(log.nextLsn());
            assertThat(digest(replica)).isEqualTo(before);
            try (ReplicaStore.Batch batch = replica.store().begin()) {
                assertThat(batch.rememberedOutcomes()).isEqualTo(102);
                assertThat(batch.rememberedOutcomeBytes())
                        .isEqualTo(outcomeBytes)
                        .isGreaterThan(102 * 64);
                assertThat(batch.rejectedCount()).isEqualTo(1);
            }
        }
    }

    @Test
    void aCheckpointOpensAsAStoreOfItsOwn() {
        TestLog log = new TestLog(3);
        Path copy = directory.resolve("copy");
        try (Replica replica = replica(directory.resolve("original"))) {
            replica.applyAll(log.items(100, 20));
            StateDigest before = digest(replica);
            ((RocksReplicaStore) replica.store()).checkpoint(copy);
            WalRecord later = log.put("later", "x");
            replica.apply(later);
            try (Replica restored = replica(copy)) {
                assertThat(digest(restored)).isEqualTo(before);
                restored.apply(later);
                assertThat(digest(restored)).isEqualTo(digest(replica));
            }
        }
    }

    @Test
    void readsInMemoryFindWhatIsThereAndNeverAskTheDisk() {
        TestLog log = new TestLog(5);
        Path path = directory.resolve("memory");
        ItemKey key = TestLog.itemKey("a");
        try (Replica replica = replica(path)) {
            replica.applyAll(log.items(10, 10));
            replica.apply(log.put("a", "x"));
            assertThat(replica.reader().inMemory().item(key))
                    .isNotNull()
                    .isEqualTo(replica.reader().item(key));
        }
        try (Replica replica = replica(path)) {
            ReplicaReader reader = replica.reader();
            assertThat(reader.inMemory().nextLsn()).isEqualTo(reader.nextLsn());
            assertThatExceptionOfType(DiskNeededException.class)
                    .isThrownBy(() -> reader.inMemory().item(key));
            StoredItem fromDisk = reader.item(key);
            assertThat(fromDisk).isNotNull();
            assertThat(reader.inMemory().item(key)).isEqualTo(fromDisk);
        }
    }

    @Test
    void closingWaitsForReadersThatAreStillThere() {
        RocksReplicaStore store = RocksReplicaStore.open(TestLog.SHARD, directory.resolve("read"), resources);
        Replica replica = new Replica(store, InstantSource.system());
        replica.applyAll(new TestLog(4).items(10, 10));
        ItemCursor cursor = replica.reader().items(KeyEncoding.tableRange(TestLog.TABLE), true);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(replica::close);
        await().untilAsserted(() -> assertThatExceptionOfType(StoreClosedException.class)
                .isThrownBy(() -> replica.reader().item(TestLog.itemKey("a"))));

        assertThat(closing).isNotDone();
        assertThat(cursor.hasNext()).isTrue();
        cursor.close();
        assertThat(closing).succeedsWithin(Duration.ofSeconds(10));
    }

    private static Replica replica(Path path) {
        return new Replica(RocksReplicaStore.open(TestLog.SHARD, path, resources), InstantSource.system());
    }

    private static StateDigest digest(Replica replica) {
        try (ReplicaSnapshot snapshot = replica.reader().snapshot()) {
            return snapshot.digest();
        }
    }
}
