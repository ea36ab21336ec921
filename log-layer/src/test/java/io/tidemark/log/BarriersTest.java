package io.tidemark.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.embedded.EmbeddedBrokers;
import io.tidemark.log.LogException.Kind;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.command.BarrierKind;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.schema.wire.WalRecord;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedCluster.class)
@Timeout(180)
class BarriersTest {
    private static final ShardId SHARD = new ShardId(0);
    private static final ShardId OTHER = new ShardId(1);

    @Test
    void callersThatComeWhileABarrierIsUnderWayShareTheNextOne() {
        try (HeldLog log = new HeldLog()) {
            Barriers barriers = newBarriers(log);
            CompletableFuture<Lsn> first = barriers.barrier(SHARD).toCompletableFuture();
            List<CompletableFuture<Lsn>> later = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                later.add(barriers.barrier(SHARD).toCompletableFuture());
            }
            assertThat(log.heldCount()).isEqualTo(1);
            log.release(Optional.empty());
            assertThat(first).isCompletedWithValue(new Lsn(1));
            assertThat(later).allSatisfy(barrier -> assertThat(barrier).isNotDone());
            assertThat(log.heldCount()).isEqualTo(1);
            log.release(Optional.empty());
            assertThat(later).allSatisfy(barrier -> assertThat(barrier).isCompletedWithValue(new Lsn(2)));
            assertThat(log.heldCount()).isZero();
        }
    }

    @Test
    void shardsDoNotWaitForEachOther() {
        try (HeldLog log = new HeldLog()) {
            Barriers barriers = newBarriers(log);
            var unused = barriers.barrier(SHARD);
            var unusedToo = barriers.barrier(OTHER);
            assertThat(log.heldCount()).isEqualTo(2);
        }
    }

    @Test
    void aBarrierThatFailsFailsItsOwnCallersOnly() {
        try (HeldLog log = new HeldLog()) {
            Barriers barriers = newBarriers(log);
            CompletableFuture<Lsn> first = barriers.barrier(SHARD).toCompletableFuture();
            CompletableFuture<Lsn> second = barriers.barrier(SHARD).toCompletableFuture();
            log.release(Optional.of(new LogException(Kind.UNAVAILABLE, "no broker")));
            LogContractTest.assertFails(Kind.UNAVAILABLE, first);
            log.release(Optional.empty());
            assertThat(second).isCompletedWithValue(new Lsn(2));
        }
    }

    @Test
    void aCallerThatGivesUpTakesTheBarrierFromNobodyElse() {
        try (HeldLog log = new HeldLog()) {
            Barriers barriers = newBarriers(log);
            var unused = barriers.barrier(SHARD);
            CompletableFuture<Lsn> impatient = barriers.barrier(SHARD).toCompletableFuture();
            CompletableFuture<Lsn> patient = barriers.barrier(SHARD).toCompletableFuture();
            impatient.cancel(true);
            log.release(Optional.empty());
            log.release(Optional.empty());
            assertThat(patient).isCompletedWithValue(new Lsn(2));
        }
    }

    @Test
    void moreCallersThanMayWaitAreRefused() {
        try (HeldLog log = new HeldLog()) {
            Barriers barriers = newBarriers(log);
            for (int i = 0; i < 1 + NextCall.MAX_CALLERS; i++) {
                var unused = barriers.barrier(SHARD);
            }
            LogContractTest.assertFails(Kind.OVERLOADED, barriers.barrier(SHARD));
            log.release(Optional.empty());
            assertThat(barriers.barrier(SHARD).toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void aConfirmedEndIsABarrierThatWritesNothing() {
        try (Log log = new MemoryLog(1, InstantSource.system())) {
            Barriers barriers = newBarriers(log);
            assertThat(barriers.barrier(SHARD).toCompletableFuture()).isCompletedWithValue(Lsn.FIRST);
            LogContractTest.join(log.append(SHARD, LogContractTest.payload("x")));
            assertThat(barriers.barrier(SHARD).toCompletableFuture()).isCompletedWithValue(new Lsn(1));
            assertThat(log.end(SHARD).toCompletableFuture()).isCompletedWithValue(new Lsn(1));
        }
    }

    @Test
    void barriersAreRecordsWithRequestIdsOfTheirOwnWhereNoEndIsConfirmed() throws Exception {
        try (HeldLog log = new HeldLog()) {
            Barriers barriers = newBarriers(log);
            Set<RequestId> requestIds = new HashSet<>();
            for (int i = 0; i < 3; i++) {
                CompletableFuture<Lsn> barrier = barriers.barrier(SHARD).toCompletableFuture();
                log.release(Optional.empty());
                assertThat(barrier).isCompletedWithValue(new Lsn(i + 1));
            }
            try (LogReader reader = log.read(SHARD, Lsn.FIRST)) {
                for (WalRecord record : LogContractTest.read(reader, 3)) {
                    assertThat(WalCodec.checksumMatches(record)).isTrue();
                    assertThat(WalCodec.decode(record).command()).isEqualTo(new Command.Barrier(BarrierKind.READ));
                    requestIds.add(WalCodec.requestId(record).orElseThrow());
                }
            }
            assertThat(requestIds).hasSize(3);
        }
    }

    @Test
    void aClosedLogIsNotAppendedToInstead() {
        MemoryLog log = new MemoryLog(1, InstantSource.system());
        Barriers barriers = newBarriers(log);
        log.close();
        LogContractTest.assertFails(Kind.CLOSED, barriers.barrier(SHARD));
    }

    @Test
    void aBarrierIsAfterEveryWriteThatWasAcknowledgedBeforeIt(EmbeddedBrokers brokers) throws Exception {
        KafkaLogConfig config = KafkaLogConfig.of(
                KafkaConnection.to(brokers.bootstrapServers()), TopicSpec.of(EmbeddedCluster.newTopic("barriers"), 1));
        try (Log log = KafkaLog.open(config);
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Barriers barriers = newBarriers(log);
            List<Future<?>> callers = new ArrayList<>();
            for (int caller = 0; caller < 16; caller++) {
                callers.add(executor.submit(() -> {
                    for (int i = 0; i < 50; i++) {
                        Lsn written = LogContractTest.join(log.append(SHARD, LogContractTest.payload("x")));
                        assertThat(LogContractTest.join(barriers.barrier(SHARD)))
                                .isGreaterThan(written);
                    }
                }));
            }
            for (Future<?> caller : callers) {
                caller.get(40, TimeUnit.SECONDS);
            }
        }
    }

    private static Barriers newBarriers(Log log) {
        return new Barriers(log, new SplittableRandom(1));
    }
}
