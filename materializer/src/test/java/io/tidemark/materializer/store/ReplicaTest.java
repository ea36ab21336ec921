package io.tidemark.materializer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidemark.materializer.core.Transition;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.Semantics;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.hash.StateDigest;
import io.tidemark.schema.wire.NewerSemanticsException;
import io.tidemark.schema.wire.WalRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicaTest {
    private Instant now = Instant.ofEpochMilli(TestLog.START_MS);
    private final TestLog log = new TestLog(1);
    private final Replica replica = new Replica(new MemoryReplicaStore(TestLog.SHARD), () -> now);

    @Test
    void recordsThatAreAppliedAlreadyAreSkipped() {
        List<WalRecord> records = log.items(10, 5);
        replica.applyAll(records.subList(0, 6));

        List<Transition> transitions = replica.applyAll(records);

        assertThat(transitions)
                .extracting(Transition::lsn)
                .containsExactly(new Lsn(6), new Lsn(7), new Lsn(8), new Lsn(9), new Lsn(10));
        assertThat(replica.apply(records.getFirst())).isEmpty();
        assertThat(replica.nextLsn()).isEqualTo(log.nextLsn());
    }

    @Test
    void aGapStopsItAtTheRecordBefore() {
        List<WalRecord> records = new ArrayList<>(log.items(10, 5));
        records.remove(4);

        assertThatExceptionOfType(LogGapException.class)
                .isThrownBy(() -> replica.applyAll(records))
                .withMessageContaining("needs LSN 4")
                .withMessageContaining("offers 5")
                .satisfies(gap -> assertThat(gap.offered()).isEqualTo(new Lsn(5)));
        assertThat(replica.nextLsn()).isEqualTo(new Lsn(4));
        assertThat(replica.reader().itemCount()).isEqualTo(3);
    }

    @Test
    void newerSemanticsStopItAtTheRecordBefore() {
        List<WalRecord> records = new ArrayList<>(log.items(3, 5));
        Command command = Command.PutItem.of(TestLog.TABLE, TestLog.item("a", "b"));
        records.add(
                log.put(new Envelope(Semantics.CURRENT_VERSION + 1, new RequestId(1, 2), Optional.empty(), command)));
        records.add(log.put("after", "x"));

        assertThatExceptionOfType(NewerSemanticsException.class).isThrownBy(() -> replica.applyAll(records));
        assertThat(replica.nextLsn()).isEqualTo(new Lsn(4));
        assertThatExceptionOfType(NewerSemanticsException.class).isThrownBy(() -> replica.applyAll(records));
    }

    @Test
    void aRecordOfAnotherShardIsRefused() {
        WalRecord stray = new TestLog(new ShardId(9), 1).open();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> replica.apply(stray))
                .withMessageContaining("shard 9")
                .withMessageContaining("shard 0");
    }

    @Test
    void theStateAtAVerifyBarrierIsCapturedInTheMiddleOfABatch() {
        List<WalRecord> records = new ArrayList<>(log.items(5, 5));
        WalRecord barrier = log.barrier();
        records.add(barrier);
        StateDigest expected;
        try (Replica other = new Replica(new MemoryReplicaStore(TestLog.SHARD), () -> now)) {
            other.applyAll(records);
            try (ReplicaSnapshot snapshot = other.reader().snapshot()) {
                expected = snapshot.digest();
            }
        }
        records.add(log.put(TestLog.id(2), "later"));
        records.add(log.delete(TestLog.id(3)));

        replica.applyAll(records);

        try (ReplicaSnapshot captured = replica.captures().find(barrier.lsn()).orElseThrow()) {
            assertThat(captured.digest()).isEqualTo(expected);
            assertThat(captured.nextLsn()).isEqualTo(barrier.lsn().next());
        }
        assertThat(replica.captures().find(new Lsn(2))).isEmpty();
    }

    @Test
    void onlyTheLatestCapturesAreKeptAndNotForLong() {
        replica.apply(log.open());
        List<WalRecord> barriers = List.of(log.barrier(), log.barrier(), log.barrier());
        replica.applyAll(barriers);

        assertThat(replica.captures().find(barriers.get(0).lsn())).isEmpty();
        replica.captures().find(barriers.get(1).lsn()).orElseThrow().close();
        ReplicaSnapshot inUse = replica.captures().find(barriers.get(2).lsn()).orElseThrow();
        now = now.plus(Duration.ofMinutes(11));
        assertThat(replica.captures().find(barriers.get(2).lsn())).isEmpty();
        assertThat(inUse.nextLsn()).isEqualTo(barriers.get(2).lsn().next());
        inUse.close();
    }

    @Test
    void barriersOfLongAgoAreNotCaptured() {
        now = now.plus(Duration.ofHours(1));
        replica.apply(log.open());
        WalRecord barrier = log.barrier();
        replica.apply(barrier);
        assertThat(replica.captures().find(barrier.lsn())).isEmpty();
    }
}
