package io.tidemark.materializer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.tidemark.materializer.core.StoredItem;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.wire.WalRecord;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing at rest may change without the deep digest telling so. */
class DamageTest {
    private static final int FLIPS_PER_FILE = 12;

    private static RocksResources resources;

    @TempDir
    Path directory;

    private final TestLog log = new TestLog(5);
    private Path path;
    private Replica replica;

    @BeforeAll
    static void openResources() {
        resources = new RocksResources(StoreSettings.DEFAULT);
    }

    @AfterAll
    static void closeResources() {
        resources.close();
    }

    /** Several files in every column family: items, outcomes and the rest each get some by every flush. */
    @BeforeEach
    void fillStore() {
        path = directory.resolve("store");
        replica = open();
        replica.apply(log.open());
        for (int round = 0; round < 3; round++) {
            List<WalRecord> records = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                records.add(log.put(TestLog.id(round * 200 + i), log.text(100)));
            }
            records.add(log.misdirected("x"));
            replica.applyAll(records);
            replica.store().flush();
        }
    }

    @AfterEach
    void closeStore() {
        replica.close();
    }

    private Replica open() {
        return new Replica(RocksReplicaStore.open(TestLog.SHARD, path, resources), InstantSource.system());
    }

    @Test
    void anyBitFlippedInAnySstFileIsFound() throws IOException {
        long seed = 20_240_117;
        SplittableRandom random = new SplittableRandom(seed);
        assertThat(deep().damage()).isEmpty();
        List<Path> files = settledSstFiles();
        assertThat(files).hasSizeGreaterThanOrEqualTo(6);
        for (Path file : files) {
            for (long offset : offsets(Files.size(file), random)) {
                int bit = 1 << random.nextInt(8);
                flip(file, offset, bit);
                assertThat(deep().damage())
                        .as("seed %d: bit %d of byte %d in %s", seed, bit, offset, file)
                        .anySatisfy(text ->
                                assertThat(text).contains(file.getFileName().toString()));
                flip(file, offset, bit);
            }
        }
        assertThat(deep().damage()).isEmpty();
    }

    @Test
    void aShortenedAndAMissingSstFileAreFound() throws IOException {
        List<Path> files = settledSstFiles();
        try (RandomAccessFile file = new RandomAccessFile(files.getFirst().toFile(), "rw")) {
            file.setLength(file.length() - 1);
        }
        Files.delete(files.get(1));

        assertThat(deep().damage())
                .anySatisfy(text -> assertThat(text).contains(files.getFirst().getFileName() + ": has"))
                .anySatisfy(text -> assertThat(text).contains(files.get(1).getFileName() + ": missing"));
    }

    @Test
    void anItemChangedBehindTheStoresBackIsFound() {
        Bytes key = TestLog.itemKey(TestLog.id(7)).bytes();
        Item forged = TestLog.item(TestLog.id(7), "forged");
        write(key.array(), StoredItem.of(new Lsn(3), forged).encoded().array());

        DeepDigest deep = deep();

        assertThat(deep.damage())
                .singleElement()
                .satisfies(text -> assertThat(text).startsWith("lane ").contains("not those that the replica wrote"));
        try (ReplicaSnapshot snapshot = replica.reader().snapshot()) {
            assertThat(deep.digest().lanes()).isNotEqualTo(snapshot.digest().lanes());
        }
    }

    @Test
    void anItemAddedBehindTheStoresBackIsFound() {
        Bytes key = TestLog.itemKey("smuggled").bytes();
        write(
                key.array(),
                StoredItem.of(new Lsn(3), TestLog.item("smuggled", "x"))
                        .encoded()
                        .array());

        assertThat(deep().damage())
                .anySatisfy(text -> assertThat(text).contains("found 701 items, the replica counted 700"))
                .anySatisfy(text -> assertThat(text).startsWith("lane "));
    }

    @Test
    void anItemWithAWrongChecksumIsNotReturned() {
        Bytes key = TestLog.itemKey(TestLog.id(7)).bytes();
        byte[] other = TestLog.itemKey(TestLog.id(8)).bytes().array();
        RocksDatabase database = ((RocksReplicaStore) replica.store()).database();
        byte[] sealedForOther = database.get(Family.ITEMS, database.readOptions(), other);
        database.putSealed(Family.ITEMS, key.array(), sealedForOther);

        assertThatExceptionOfType(DamagedStoreException.class)
                .isThrownBy(() -> replica.reader().item(TestLog.itemKey(TestLog.id(7))))
                .withMessageContaining("shard 0")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("item-"));
        assertThatExceptionOfType(DamagedStoreException.class)
                .isThrownBy(() -> replica.apply(log.put(TestLog.id(7), "new")));
        assertThat(replica.nextLsn()).isEqualTo(new Lsn(log.nextLsn().offset() - 1));
        assertThat(deep().damage()).anySatisfy(text -> assertThat(text).contains("fails its checksum"));
    }

    @Test
    void aDamagedOutcomeIsFound() {
        write(Family.OUTCOMES, StoreFormat.outcomeKey(new Lsn(5)), new byte[] {1, 2, 3, 4, 5, 6});
        assertThat(deep().damage()).anySatisfy(text -> assertThat(text).contains("outcomes"));
    }

    @Test
    void aDeepDigestCanBeStopped() {
        try (ReplicaSnapshot snapshot = replica.reader().snapshot()) {
            assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> snapshot.deepDigest(() -> true));
            assertThat(snapshot.deepDigest(() -> false).damage()).isEmpty();
        }
    }

    private void write(byte[] key, byte[] content) {
        ((RocksReplicaStore) replica.store()).database().put(Family.ITEMS, key, content);
    }

    private void write(Family family, byte[] key, byte[] sealed) {
        ((RocksReplicaStore) replica.store()).database().putSealed(family, key, sealed);
    }

    private DeepDigest deep() {
        try (ReplicaSnapshot snapshot = replica.reader().snapshot()) {
            return snapshot.deepDigest(() -> false);
        }
    }

    /** Once RocksDB has rewritten the files whose last snapshot was let go, nothing changes any more. */
    private List<Path> settledSstFiles() throws IOException {
        deep();
        List<List<Path>> seen = new ArrayList<>(List.of(sstFiles()));
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(60)).until(() -> {
            seen.add(sstFiles());
            return seen.getLast().equals(seen.get(seen.size() - 2));
        });
        return seen.getLast();
    }

    private List<Path> sstFiles() throws IOException {
        try (Stream<Path> paths = Files.list(path)) {
            return paths.filter(file -> file.toString().endsWith(".sst"))
                    .sorted()
                    .toList();
        }
    }

    /** The first and the last bytes, the footer, and some anywhere. */
    private static List<Long> offsets(long sizeBytes, SplittableRandom random) {
        List<Long> offsets =
                new ArrayList<>(List.of(0L, 1L, sizeBytes - 1, sizeBytes - 2, sizeBytes - 20, sizeBytes - 50));
        while (offsets.size() < FLIPS_PER_FILE) {
            offsets.add(random.nextLong(sizeBytes));
        }
        return offsets;
    }

    private static void flip(Path path, long offset, int bit) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(offset);
            int before = file.read();
            file.seek(offset);
            file.write(before ^ bit);
        }
    }
}
