package io.tidemark.materializer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.materializer.core.KeyedItem;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.wire.WalRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Readers of all kinds beside the owner, who writes and in the end closes the store under them. */
class ConcurrencyTest {
    private static final int KEYS = 500;
    private static final int RECORDS = 12_000;

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 240, unit = TimeUnit.SECONDS)
    void readersSeeSoundStatesUntilTheStoreIsClosed() {
        StoreSettings small = new StoreSettings(8 << 20, 1 << 20, 0, 1);
        try (RocksResources resources = new RocksResources(small);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Replica replica = new Replica(
                    RocksReplicaStore.open(TestLog.SHARD, directory.resolve("store"), resources),
                    InstantSource.system());
            ReplicaReader reader = replica.reader();
            CountDownLatch everyReaderOnce = new CountDownLatch(4);
            List<CompletableFuture<Void>> readers = Stream.<Runnable>of(
                            () -> readItems(reader),
                            () -> walk(reader),
                            () -> checkSnapshot(reader),
                            () -> checkDeeply(reader))
                    .map(round -> untilClosed(threads, round, everyReaderOnce))
                    .toList();

            write(replica, everyReaderOnce);
            replica.close();

            assertThat(readers).allSatisfy(rounds -> assertThat(rounds).succeedsWithin(Duration.ofSeconds(30)));
        }
    }

    /** Goes on until every reader has been through the store beside it. */
    private static void write(Replica replica, CountDownLatch everyReaderOnce) {
        SplittableRandom random = new SplittableRandom(9);
        TestLog log = new TestLog(9);
        replica.apply(log.open());
        while (log.nextLsn().offset() < RECORDS || everyReaderOnce.getCount() > 0) {
            List<WalRecord> records = new ArrayList<>();
            for (int i = 1 + random.nextInt(40); i > 0; i--) {
                String id = TestLog.id(random.nextInt(KEYS));
                records.add(random.nextInt(4) == 0 ? log.delete(id) : log.put(id, log.text(300)));
            }
            replica.applyAll(records);
        }
    }

    /** Runs it again and again until the store is closed; counts down after the first time. */
    private static CompletableFuture<Void> untilClosed(ExecutorService threads, Runnable round, CountDownLatch once) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        round.run();
                        once.countDown();
                        while (true) {
                            round.run();
                        }
                    } catch (StoreClosedException | CancellationException e) {
                        // That is its end.
                    }
                },
                threads);
    }

    private static void readItems(ReplicaReader reader) {
        for (int i = 0; i < KEYS; i++) {
            Lsn position = reader.nextLsn();
            var item = reader.item(TestLog.itemKey(TestLog.id(i)));
            assertThat(item == null
                            || item.lsn().isBefore(reader.nextLsn())
                            || item.lsn().offset() >= position.offset())
                    .isTrue();
        }
    }

    private static void walk(ReplicaReader reader) {
        try (ItemCursor cursor = reader.items(KeyEncoding.tableRange(TestLog.TABLE), false)) {
            List<KeyedItem> items = new ArrayList<>();
            cursor.forEachRemaining(items::add);
            assertThat(items.size()).isLessThanOrEqualTo(KEYS);
        }
    }

    private static void checkSnapshot(ReplicaReader reader) {
        Lsn before = reader.nextLsn();
        try (ReplicaSnapshot snapshot = reader.snapshot();
                ItemCursor cursor = snapshot.items(KeyEncoding.tableRange(TestLog.TABLE), true)) {
            long items = 0;
            while (cursor.hasNext()) {
                assertThat(cursor.next().item().lsn()).isLessThan(snapshot.nextLsn());
                items++;
            }
            assertThat(items).isEqualTo(snapshot.itemCount());
            assertThat(snapshot.nextLsn()).isGreaterThanOrEqualTo(before);
        }
    }

    private static void checkDeeply(ReplicaReader reader) {
        try (ReplicaSnapshot snapshot = reader.snapshot()) {
            DeepDigest deep = snapshot.deepDigest(() -> false);
            assertThat(deep.damage()).isEmpty();
            assertThat(deep.digest()).isEqualTo(snapshot.digest());
        }
    }
}
