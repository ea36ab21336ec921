package io.tidemark.archiver.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.archiver.object.FaultyStore;
import io.tidemark.archiver.object.MemoryObjectStore;
import io.tidemark.archiver.object.ObjectStore;
import io.tidemark.archiver.object.ObjectStoreException;
import io.tidemark.archiver.object.ObjectStoreException.Kind;
import io.tidemark.archiver.segment.Segment;
import io.tidemark.archiver.segment.SegmentName;
import io.tidemark.archiver.segment.Sha256;
import io.tidemark.archiver.segment.TestRecords;
import io.tidemark.log.Log;
import io.tidemark.log.MemoryLog;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.command.BarrierKind;
import io.tidemark.schema.wire.WalRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardArchiverTest {
    private static final ShardId SHARD = new ShardId(1);
    private static final Duration AGE = Duration.ofMinutes(1);

    private final TestClock clock = new TestClock();
    private final Random random = new Random(97);
    private final Log log = new MemoryLog(2, clock);
    private final TestShard shard = new TestShard(log, SHARD, random);
    private final ObjectStore store = new MemoryObjectStore();
    private final Archive archive = new Archive(store);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private ShardArchiver archiver = archiver(store, 1 << 20);

    @AfterEach
    void close() {
        archiver.close();
        log.close();
    }

    @Test
    void theArchiveHoldsExactlyWhatTheLogHolds() {
        restart(store, 20_000);
        for (int round = 0; round < 5; round++) {
            clock.advance(Duration.ofSeconds(1));
            shard.append(500);
            shard.appendBarrier(round % 2 == 0 ? BarrierKind.READ : BarrierKind.VERIFY);
        }
        Lsn last = shard.appendBarrier(BarrierKind.VERIFY);

        stepUntilArchived(last.next());

        shard.assertArchivedCompletely(archive);
        assertThat(archive.segments(SHARD, Optional.empty(), 1000)).hasSizeGreaterThan(5);
        assertThat(archive.shards()).containsExactly(SHARD);
    }

    @Test
    void aVerifyBarrierIsTheLastRecordOfItsSegment() {
        shard.append(3);
        Lsn barrier = shard.appendBarrier(BarrierKind.VERIFY);
        shard.append(2);

        stepUntilArchived(barrier.next());

        assertThat(archive.lastHeader(SHARD).orElseThrow().last()).isEqualTo(barrier);
    }

    @Test
    void aSegmentIsCutWhenItsFirstRecordIsOldEnough() {
        shard.append(3);
        archiver.step();
        archiver.step();
        assertThat(archive.end(SHARD)).isEqualTo(Lsn.FIRST);

        clock.advance(AGE.plusMillis(1));
        archiver.step();
        archiver.step();

        assertThat(archive.end(SHARD)).isEqualTo(new Lsn(3));
    }

    @Test
    void aSegmentIsCutWhenItIsLargeEnough() {
        restart(store, 10_000);
        shard.append(1000);
        shard.appendBarrier(BarrierKind.VERIFY);

        stepUntilArchived(shard.end());

        List<SegmentName> segments = archive.segments(SHARD, Optional.empty(), 1000);
        assertThat(segments).hasSizeGreaterThan(10);
        assertThat(archive.read(segments.getFirst()).header().recordCount()).isBetween(10L, 100L);
    }

    @Test
    void aRestartedArchiverContinuesTheChain() {
        for (int run = 0; run < 4; run++) {
            shard.append(20);
            shard.appendBarrier(BarrierKind.VERIFY);
            // Read, but not cut when the archiver ends.
            shard.append(5);
            stepUntilArchived(new Lsn(shard.end().offset() - 5));
            archiver.step();
            restart(store, 1 << 20);
        }
        shard.appendBarrier(BarrierKind.VERIFY);

        stepUntilArchived(shard.end());

        shard.assertArchivedCompletely(archive);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anArchiverKilledAtAnyRequestLeavesAChainThatTheNextContinues(boolean afterTheRequest) {
        for (int round = 0; round < 4; round++) {
            shard.append(10);
            shard.appendBarrier(BarrierKind.VERIFY);
        }
        int requests = 0;
        for (boolean done = false; !done; requests++) {
            ObjectStore fresh = new MemoryObjectStore();
            done = !isKilledAt(requests, afterTheRequest, fresh);
            ShardArchiver next = archiver(fresh, 1 << 20);
            stepUntilArchived(next, shard.end());
            next.close();
            shard.assertArchivedCompletely(new Archive(fresh));
        }
        assertThat(requests).isGreaterThan(8);
    }

    /** Runs an archiver that dies at its n-th request; whether it died before it was done. */
    private boolean isKilledAt(int request, boolean afterTheRequest, ObjectStore target) {
        ShardArchiver victim = archiver(new KillingStore(target, request, afterTheRequest), 1 << 20);
        try {
            stepUntilArchived(victim, shard.end());
            return false;
        } catch (Killed killed) {
            return true;
        } finally {
            victim.close();
        }
    }

    @Test
    void whileTheStoreFailsNothingIsReadAndNothingIsLost() {
        AtomicBoolean failing = new AtomicBoolean();
        restart(failingWhile(failing, Kind.UNAVAILABLE), 1 << 20);
        shard.append(10);
        shard.appendBarrier(BarrierKind.VERIFY);
        stepUntilArchived(shard.end());
        failing.set(true);
        shard.append(10);
        Lsn barrier = shard.appendBarrier(BarrierKind.VERIFY);
        shard.append(10);

        Duration longest = Duration.ZERO;
        for (int i = 0; i < 50; i++) {
            Duration pause = archiver.step();
            assertThat(pause).isLessThanOrEqualTo(Duration.ofSeconds(2));
            longest = pause.compareTo(longest) > 0 ? pause : longest;
        }
        assertThat(longest).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(archiver.status().state()).isInstanceOf(ShardState.WaitingForStore.class);
        assertThat(gauge("waiting")).isEqualTo(1);
        assertThat(failures("store_unavailable")).isGreaterThan(40);

        failing.set(false);
        shard.appendBarrier(BarrierKind.VERIFY);
        archiver.step();
        assertThat(archiver.status().state()).isInstanceOf(ShardState.Archiving.class);
        assertThat(gauge("waiting")).isZero();
        assertThat(archive.end(SHARD)).isEqualTo(barrier.next());
        stepUntilArchived(shard.end());
        shard.assertArchivedCompletely(archive);
    }

    @Test
    void aMissingBucketIsWaitedForFromTheStart() {
        AtomicBoolean failing = new AtomicBoolean(true);
        restart(failingWhile(failing, Kind.NO_BUCKET), 1 << 20);
        shard.append(10);
        shard.appendBarrier(BarrierKind.VERIFY);

        assertThat(archiver.step()).isPositive();
        assertThat(archiver.status().state())
                .isInstanceOfSatisfying(
                        ShardState.WaitingForStore.class,
                        waiting -> assertThat(waiting.kind()).isEqualTo(Kind.NO_BUCKET));
        failing.set(false);

        stepUntilArchived(shard.end());
        shard.assertArchivedCompletely(archive);
    }

    @Test
    void anArchiverThatIsLateFollowsTheOther() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ShardArchiver late = archiver(store, 1000, meters);
        late.step();
        shard.append(20);
        shard.appendBarrier(BarrierKind.VERIFY);
        late.step();
        stepUntilArchived(shard.end());

        stepUntilArchived(late, shard.end());

        assertThat(meters.get("tidemark.archiver.segments.superseded").counter().count())
                .isEqualTo(1);
        shard.append(4);
        shard.appendBarrier(BarrierKind.VERIFY);
        stepUntilArchived(late, shard.end());
        stepUntilArchived(shard.end());
        shard.assertArchivedCompletely(archive);
        late.close();
    }

    @Test
    void aLogTrimmedBeyondTheArchiveIsAnErrorThatNamesBothEnds() {
        shard.append(10);
        shard.appendBarrier(BarrierKind.VERIFY);
        stepUntilArchived(shard.end());
        shard.append(20);
        log.trim(SHARD, new Lsn(25)).toCompletableFuture().join();
        restart(store, 1 << 20);

        assertThat(archiver.step()).isPositive();

        assertFailed("the archive ends before LSN 11 and the log starts at LSN 25: records 11 to 24 are in neither");
        assertThat(gauge("failed")).isEqualTo(1);
    }

    @Test
    void aLogTrimmedBeyondTheArchiveMeanwhileIsAnError() {
        AtomicBoolean failing = new AtomicBoolean();
        restart(failingWhile(failing, Kind.UNAVAILABLE), 1 << 20);
        shard.append(10);
        shard.appendBarrier(BarrierKind.VERIFY);
        stepUntilArchived(shard.end());
        shard.append(20);
        log.trim(SHARD, new Lsn(25)).toCompletableFuture().join();

        archiver.step();
        archiver.step();

        assertFailed("the archive ends before LSN 11 and the log starts at LSN 25");
    }

    @Test
    void aLogTrimmedUpToTheArchivesEndIsArchivedFurther() {
        shard.append(10);
        shard.appendBarrier(BarrierKind.VERIFY);
        stepUntilArchived(shard.end());
        List<WalRecord> expected = new ArrayList<>(shard.logged(Lsn.FIRST));
        log.trim(SHARD, new Lsn(11)).toCompletableFuture().join();
        shard.append(20);
        shard.appendBarrier(BarrierKind.VERIFY);
        expected.addAll(shard.logged(new Lsn(11)));
        restart(store, 1 << 20);

        stepUntilArchived(shard.end());

        assertThat(TestShard.archived(archive, SHARD)).isEqualTo(expected);
    }

    @Test
    void theArchiveOfAnotherLogIsNotContinued() {
        List<WalRecord> others = TestRecords.random(new Random(5), SHARD, 0, 10, 50);
        put(TestRecords.segment(others, Sha256.ZERO));
        shard.append(20);

        archiver.step();
        archiver.step();

        assertFailed("record 9 of shard 1 is another one in the log than in the archive");
        assertThat(archive.end(SHARD)).isEqualTo(new Lsn(10));
    }

    @Test
    void anArchiveAheadOfTheLogIsNotContinued() {
        put(TestRecords.segment(TestRecords.random(new Random(5), SHARD, 0, 10, 50), Sha256.ZERO));
        shard.append(7);

        archiver.step();

        assertFailed("the archive ends before LSN 10 and the log already before LSN 7");
    }

    @Test
    void anotherClustersSegmentUnderTheSameKeyIsNotFollowed() {
        shard.append(10);
        archiver.step();
        archiver.step();
        put(TestRecords.segment(TestRecords.random(new Random(5), SHARD, 0, 10, 50), Sha256.ZERO));
        clock.advance(AGE.plusMillis(1));

        archiver.step();
        archiver.step();

        assertFailed("another cluster writes to this bucket");
    }

    @Test
    void aDamagedLastSegmentStopsTheShardUntilItIsRemoved() {
        shard.append(10);
        shard.appendBarrier(BarrierKind.VERIFY);
        shard.append(10);
        shard.appendBarrier(BarrierKind.VERIFY);
        stepUntilArchived(shard.end());
        String key = "wal/1/00000000000000000011.avro";
        Bytes content = store.get(key).orElseThrow();
        content.array()[content.length() - 1] ^= 1;
        restart(store, 1 << 20);

        assertThat(archiver.step()).isPositive();
        assertFailed("segment " + key + " is damaged");
        store.delete(key);

        stepUntilArchived(shard.end());
        shard.assertArchivedCompletely(archive);
    }

    @Test
    void aMissingSegmentBeforeTheLastStopsTheShard() {
        for (int i = 0; i < 3; i++) {
            shard.append(10);
            shard.appendBarrier(BarrierKind.VERIFY);
        }
        stepUntilArchived(shard.end());
        store.delete("wal/1/00000000000000000011.avro");
        restart(store, 1 << 20);

        archiver.step();

        assertFailed("wal/1/00000000000000000022.avro");
    }

    @Test
    void aStoreThatGarblesWhatItIsGivenIsFoundByReadingBack() {
        restart(
                new FaultyStore(store) {
                    @Override
                    public boolean putIfAbsent(String key, Bytes content) {
                        byte[] garbled = content.array().clone();
                        garbled[100] ^= 8;
                        return store.putIfAbsent(key, Bytes.wrap(garbled));
                    }
                },
                1 << 20);
        shard.append(10);
        shard.appendBarrier(BarrierKind.VERIFY);

        archiver.step();
        archiver.step();
        assertThat(archiver.step()).isPositive();

        assertFailed("what was read back after writing it differs from byte 100 on");
    }

    @Test
    void whatIsArchivedIsCounted() {
        shard.append(10);
        shard.appendBarrier(BarrierKind.VERIFY);
        stepUntilArchived(shard.end());

        assertThat(gauge("archived.lsn")).isEqualTo(11);
        assertThat(gauge("lag.records")).isZero();
        assertThat(counter("segments")).isEqualTo(1);
        assertThat(counter("records")).isEqualTo(11);
        assertThat(counter("records.unchecked")).isEqualTo(10);
        assertThat(counter("stored"))
                .isEqualTo(store.get("wal/1/00000000000000000000.avro")
                        .orElseThrow()
                        .length());
        archiver.close();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        for (long size : new long[] {0, (64L << 20) + 1}) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> new ArchiverSettings(size, AGE, AGE, AGE));
        }
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new ArchiverSettings(1, Duration.ZERO, AGE, AGE));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new ArchiverSettings(1, AGE, AGE, Duration.ofMillis(1)));
        assertThat(ArchiverSettings.defaults())
                .isEqualTo(new ArchiverSettings(
                        8 << 20, Duration.ofSeconds(60), Duration.ofMillis(200), Duration.ofSeconds(15)));
    }

    private ShardArchiver archiver(ObjectStore target, long segmentSizeBytes) {
        return archiver(target, segmentSizeBytes, registry);
    }

    private ShardArchiver archiver(ObjectStore target, long segmentSizeBytes, MeterRegistry meters) {
        ArchiverSettings settings =
                new ArchiverSettings(segmentSizeBytes, AGE, Duration.ofMillis(10), Duration.ofSeconds(2));
        return new ShardArchiver(SHARD, log, target, settings, clock, new Random(3), meters);
    }

    private void restart(ObjectStore target, long segmentSizeBytes) {
        archiver.close();
        archiver = archiver(target, segmentSizeBytes);
    }

    private void stepUntilArchived(Lsn end) {
        stepUntilArchived(archiver, end);
    }

    private static void stepUntilArchived(ShardArchiver stepped, Lsn end) {
        for (int i = 0; i < 1000; i++) {
            if (stepped.status().end().filter(reached -> !reached.isBefore(end)).isPresent()) {
                return;
            }
            stepped.step();
        }
        throw new AssertionError("not archived to LSN " + end + ": " + stepped.status());
    }

    private void assertFailed(String because) {
        assertThat(archiver.status().state())
                .isInstanceOfSatisfying(
                        ShardState.Failed.class,
                        failed -> assertThat(failed.reason()).contains(because));
    }

    private void put(Segment segment) {
        store.putIfAbsent(segment.name().key(), segment.content());
    }

    private double gauge(String name) {
        return registry.get("tidemark.archiver." + name).gauge().value();
    }

    private double counter(String name) {
        return registry.get("tidemark.archiver." + name).counter().count();
    }

    private double failures(String cause) {
        return registry.get("tidemark.archiver.failures")
                .tag("cause", cause)
                .counter()
                .count();
    }

    private ObjectStore failingWhile(AtomicBoolean failing, Kind kind) {
        return new FaultyStore(store) {
            private void check() {
                if (failing.get()) {
                    throw new ObjectStoreException(kind, "told to fail");
                }
            }

            @Override
            public boolean putIfAbsent(String key, Bytes content) {
                check();
                return super.putIfAbsent(key, content);
            }

            @Override
            public Optional<Bytes> get(String key) {
                check();
                return super.get(key);
            }

            @Override
            public List<ObjectSummary> list(String prefix, Optional<String> after, int limit) {
                check();
                return super.list(prefix, after, limit);
            }
        };
    }

    /** What kill -9 does: no code of the archiver runs any more. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static final class KillingStore extends FaultyStore {
        private final boolean afterTheRequest;
        private int requestsLeft;

        KillingStore(ObjectStore store, int requestsLeft, boolean afterTheRequest) {
            super(store);
            this.requestsLeft = requestsLeft;
            this.afterTheRequest = afterTheRequest;
        }

        @Override
        public boolean putIfAbsent(String key, Bytes content) {
            kill(!afterTheRequest);
            boolean written = super.putIfAbsent(key, content);
            kill(afterTheRequest);
            return written;
        }

        @Override
        public Optional<Bytes> get(String key) {
            kill(!afterTheRequest);
            Optional<Bytes> content = super.get(key);
            kill(afterTheRequest);
            return content;
        }

        @Override
        public List<ObjectSummary> list(String prefix, Optional<String> after, int limit) {
            kill(!afterTheRequest);
            List<ObjectSummary> page = super.list(prefix, after, limit);
            kill(afterTheRequest);
            return page;
        }

        private void kill(boolean now) {
            if (now && requestsLeft-- == 0) {
                throw new Killed();
            }
        }
    }
}
