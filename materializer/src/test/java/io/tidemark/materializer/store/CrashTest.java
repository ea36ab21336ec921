package io.tidemark.materializer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.schema.hash.StateDigest;
import io.tidemark.schema.wire.WalRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes a store is killed, again and again; what is at rest must always be a state that the log went through. */
class CrashTest {
    private static final int ROUNDS = 3;
    private static final int RECORDS = 12_000;
    private static final long SEED = 77;

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 240, unit = TimeUnit.SECONDS)
    void aKilledProcessLeavesAStoreThatGoesOnFromAnEarlierLsn() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        Path path = directory.resolve("store");
        List<WalRecord> records = records();
        long persisted = 0;
        for (int round = 0; round < ROUNDS && persisted < RECORDS; round++) {
            writeAndKill(path, Math.min(RECORDS, persisted + 300 + random.nextInt(1_500)));
            try (RocksResources resources = new RocksResources(StoreSettings.DEFAULT);
                    Replica replica = open(path, resources)) {
                long found = replica.nextLsn().offset();
                assertThat(found).as("seed %d, round %d", SEED, round).isGreaterThanOrEqualTo(persisted);
                assertThat(digest(replica)).as("seed %d, round %d", SEED, round).isEqualTo(inMemory(records, found));
                persisted = found;
            }
        }
        assertThat(persisted)
                .as("something must have been flushed before a kill")
                .isPositive();
        try (RocksResources resources = new RocksResources(StoreSettings.DEFAULT);
                Replica replica = open(path, resources)) {
            replica.applyAll(records);
            assertThat(digest(replica)).isEqualTo(inMemory(records, records.size()));
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aDirectoryThatAnotherProcessHasOpenIsRefused() throws Exception {
        Path path = directory.resolve("store");
        Process process = start(path);
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
                RocksResources resources = new RocksResources(StoreSettings.DEFAULT)) {
            assertThat(reader.readLine()).startsWith("LSN ");
            assertThatExceptionOfType(StoreInUseException.class)
                    .isThrownBy(() -> open(path, resources))
                    .withMessageContaining(path.toString())
                    .withMessageContaining("Another process");
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Starts a process that goes on writing and kills it once it has committed so much. */
    private void writeAndKill(Path path, long untilLsn) throws IOException, InterruptedException {
        Process process = start(path);
        long committed = -1;
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null && committed < untilLsn; line = reader.readLine()) {
                if (line.startsWith("LSN ")) {
                    committed = Long.parseLong(line.substring(4));
                }
            }
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(committed)
                .as(Files.readString(directory.resolve("errors.txt")))
                .isGreaterThanOrEqualTo(untilLsn);
    }

    private Process start(Path path) throws IOException {
        Path errors = directory.resolve("errors.txt");
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        path.toString())
                .redirectError(errors.toFile())
                .start();
    }

    private static StateDigest inMemory(List<WalRecord> records, long count) {
        try (Replica replica = new Replica(new MemoryReplicaStore(TestLog.SHARD), InstantSource.system())) {
            replica.applyAll(records.subList(0, (int) count));
            return digest(replica);
        }
    }

    private static StateDigest digest(Replica replica) {
        try (ReplicaSnapshot snapshot = replica.reader().snapshot()) {
            DeepDigest deep = snapshot.deepDigest(() -> false);
            assertThat(deep.damage()).isEmpty();
            assertThat(deep.digest()).isEqualTo(snapshot.digest());
            return snapshot.digest();
        }
    }

    private static Replica open(Path path, RocksResources resources) {
        return new Replica(RocksReplicaStore.open(TestLog.SHARD, path, resources), InstantSource.system());
    }

    /** Puts, overwrites and deletes over a few thousand keys. */
    static List<WalRecord> records() {
        SplittableRandom random = new SplittableRandom(SEED);
        TestLog log = new TestLog(SEED);
        List<WalRecord> records = new ArrayList<>(List.of(log.open()));
        while (records.size() < RECORDS) {
            String id = TestLog.id(random.nextInt(1_000));
            records.add(random.nextInt(5) == 0 ? log.delete(id) : log.put(id, log.text(80)));
        }
        return records;
    }

    /**
     * The process that is killed. Flushes now and then, so that kills fall into flushes too; and has the store open until it is
     * killed, or the end of its parent closes its input.
     */
    static final class Writer {
        static final int BATCH = 20;

        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            List<WalRecord> records = records();
            try (RocksResources resources = new RocksResources(StoreSettings.DEFAULT);
                    Replica replica = open(Path.of(arguments[0]), resources)) {
                while (replica.nextLsn().offset() < RECORDS) {
                    int next = (int) replica.nextLsn().offset();
                    replica.applyAll(records.subList(next, Math.min(RECORDS, next + BATCH)));
                    if (next / BATCH % 10 == 0) {
                        replica.store().startFlush();
                    }
                    System.out.println("LSN " + replica.nextLsn());
                }
                int unused = System.in.read();
            }
        }
    }
}
