package io.tidemark.verifier.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.archiver.object.ObjectStore;
import io.tidemark.materializer.store.RocksResources;
import io.tidemark.materializer.store.StoreSettings;
import io.tidemark.schema.Lsn;
import io.tidemark.verifier.report.Conclusion;
import io.tidemark.verifier.report.Suspect;
import io.tidemark.verifier.report.Verdict;
import io.tidemark.verifier.report.VerificationMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceCheckTest {
    private static RocksResources resources;

    @TempDir
    Path directory;

    private final ArchivedLog log = new ArchivedLog(11);

    @BeforeAll
    static void openResources() {
        resources = new RocksResources(StoreSettings.DEFAULT);
    }

    @AfterAll
    static void closeResources() {
        resources.close();
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    private ReferenceCheck.Result run(ObjectStore store, Lsn end, VerificationMode mode) {
        ArchiveWalk.Progress silent = new ArchiveWalk.Progress() {
            @Override
            public void checked(Lsn checkedEnd) {}

            @Override
            public void waiting(Lsn archiveEnd) {}
        };
        try (ReferenceCheck check = new ReferenceCheck(
                store,
                ArchivedLog.SHARD,
                () -> ReferenceReplica.open(
                        ArchivedLog.SHARD, directory.resolve("reference"), resources, InstantSource.system()),
                Duration.ofMillis(300),
                System::nanoTime,
                silent)) {
            return check.run(end, mode);
        }
    }

    private ReferenceCheck.Result deep(Lsn end) {
        return run(log.store(), end, VerificationMode.DEEP);
    }

    private void assertIsAt(ReferenceCheck.Result result, Lsn end) {
        assertThat(result.archive().verdict()).isEqualTo(new Verdict.Equal());
        assertThat(result.digest()).contains(log.digest(end));
    }

    @Test
    void inAnyStepsAndModesItIsWhatTheLogSays() {
        log.put(2_000);
        log.archive();
        assertThat(log.keys()).hasSizeGreaterThan(5);
        long seed = 5;
        SplittableRandom random = new SplittableRandom(seed);
        long offset = 0;
        while (offset < log.end().offset()) {
            offset = Math.min(log.end().offset(), offset + 1 + random.nextInt(500));
            VerificationMode mode = random.nextBoolean() ? VerificationMode.DEEP : VerificationMode.QUICK;
            ReferenceCheck.Result result = run(log.store(), new Lsn(offset), mode);
            assertThat(result.archive().rebuilt())
                    .as("seed %s, LSN %s", seed, offset)
                    .isEmpty();
            assertIsAt(result, new Lsn(offset));
        }
    }

    @Test
    void whatIsNewAloneIsReadInAHurry() {
        log.put(1_000);
        log.archive();
        assertIsAt(deep(log.end()), log.end());
        int before = log.keys().size();
        log.put(1_000);
        log.archive();

        ReferenceCheck.Result quick = run(log.store(), log.end(), VerificationMode.QUICK);

        assertIsAt(quick, log.end());
        assertThat(quick.archive().segments()).isEqualTo(log.keys().size() - before);
        assertThat(quick.archive().replayedRecords()).isEqualTo(1_000);
    }

    @Test
    void anotherHistoryInTheBucketIsBuiltFromItsBeginning() {
        log.put(1_000);
        log.archive();
        assertIsAt(deep(log.end()), log.end());
        int records = 1_000;
        for (VerificationMode mode : VerificationMode.values()) {
            records += 500;
            try (ArchivedLog other = new ArchivedLog(records)) {
                other.put(records);
                other.archive();

                ReferenceCheck.Result result = run(other.store(), other.end(), mode);

                assertThat(result.archive().rebuilt()).isPresent();
                assertThat(result.digest()).contains(other.digest(other.end()));
            }
        }
    }

    @Test
    void segmentsThatAreGoneFromTheEndAreMissed() {
        log.put(1_000);
        log.archive();
        assertIsAt(deep(log.end()), log.end());
        String last = log.keys().getLast();
        log.store().delete(last);

        ReferenceCheck.Result result = deep(log.end());

        assertThat(result.digest()).isEmpty();
        assertThat(result.archive().verdict()).isInstanceOfSatisfying(Verdict.Different.class, different -> {
            assertThat(different.suspect()).isEqualTo(Suspect.ARCHIVE);
            assertThat(different.damage().getFirst()).contains(last);
        });
    }

    @Test
    void aBarrierThatTheArchiveDoesNotReachIsUnknown() {
        log.put(100);
        log.archive();
        ReferenceCheck.Result result = deep(log.end().next());
        assertThat(result.archive().verdict().conclusion()).isEqualTo(Conclusion.UNKNOWN);
        assertThat(result.digest()).isEmpty();
        assertThat(result.archive().records()).isEqualTo(log.end().offset());
    }

    @Test
    void aStoreThatDoesNotFitItsMemoryOfTheChainIsBuiltAgain() throws IOException {
        log.put(1_000);
        log.archive();
        Path chain = directory.resolve("reference").resolve("chain");
        assertIsAt(deep(log.end()), log.end());
        byte[] whole = Files.readAllBytes(chain);

        Files.delete(chain);
        ReferenceCheck.Result withoutChain = deep(log.end());
        assertIsAt(withoutChain, log.end());
        assertThat(withoutChain.archive().rebuilt().orElseThrow()).contains("does not know");

        Files.writeString(chain, "end=999999\nsha256=" + "00".repeat(32) + "\n");
        ReferenceCheck.Result beyond = deep(log.end());
        assertIsAt(beyond, log.end());
        assertThat(beyond.archive().rebuilt().orElseThrow()).contains("before LSN 999999");

        assertThat(Files.readAllBytes(chain)).isEqualTo(whole);
        assertThat(deep(log.end()).archive().rebuilt()).isEmpty();
    }

    @Test
    void aReferenceThatIsBeyondTheBarrierIsBuiltAgain() {
        log.put(1_000);
        log.archive();
        assertIsAt(deep(log.end()), log.end());
        ReferenceCheck.Result result = deep(new Lsn(500));
        assertIsAt(result, new Lsn(500));
        assertThat(result.archive().rebuilt()).isPresent();
    }
}
