package io.tidemark.materializer.core;

import static io.tidemark.materializer.core.testing.TestShard.TABLE;
import static io.tidemark.materializer.core.testing.Values.item;
import static io.tidemark.materializer.core.testing.Values.s;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.materializer.core.testing.Payloads;
import io.tidemark.materializer.core.testing.TestShard;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.TableId;
import io.tidemark.schema.command.BarrierKind;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.command.RejectReason;
import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ControlCommandsTest {
    private static final KeySchema SCHEMA = KeySchema.of(new KeyAttribute("pk", KeyType.S));
    private static final HashRange FIRST_QUARTER = HashRange.ALL.part(0, 4);
    private static final HashRange SECOND_QUARTER = HashRange.ALL.part(1, 4);
    private static final Outcome ACKNOWLEDGED = new Outcome.Acknowledged();

    private final TestShard shard = TestShard.withoutTable(SCHEMA);

    @Test
    void aTableIsOpenedByItsFirstPartition() {
        assertThat(open(SCHEMA, FIRST_QUARTER)).isEqualTo(ACKNOWLEDGED);
        assertThat(open(SCHEMA, SECOND_QUARTER)).isEqualTo(ACKNOWLEDGED);
        TableState table = shard.state().table(TABLE).orElseThrow();
        assertThat(table.open()).isTrue();
        assertThat(table.ranges()).containsExactly(FIRST_QUARTER, SECOND_QUARTER);
    }

    @Test
    void openingAPartitionAgainChangesNothing() {
        open(SCHEMA, FIRST_QUARTER);
        Transition again = shard.append(shard.newRequestId(), new Command.OpenPartition(TABLE, SCHEMA, FIRST_QUARTER));
        assertThat(again.outcome()).isEqualTo(ACKNOWLEDGED);
        assertThat(again.mutations()).noneMatch(Mutation.PutTable.class::isInstance);
    }

    @Test
    void aPartitionThatContradictsTheShardsStateIsRejected() {
        open(SCHEMA, FIRST_QUARTER);
        assertConflict(open(SCHEMA, HashRange.ALL.part(0, 8)));
        assertConflict(open(SCHEMA, HashRange.ALL));
        assertConflict(open(KeySchema.of(new KeyAttribute("pk", KeyType.N)), SECOND_QUARTER));
        close();
        assertConflict(open(SCHEMA, FIRST_QUARTER));
        assertThat(shard.state().table(TABLE).orElseThrow().ranges()).containsExactly(FIRST_QUARTER);
    }

    @Test
    void aShardOwnsABoundedNumberOfPartitionsOfATable() {
        for (int i = 0; i < TableState.MAX_RANGES; i++) {
            assertThat(open(SCHEMA, new HashRange(i, i + 1))).isEqualTo(ACKNOWLEDGED);
        }
        assertConflict(open(SCHEMA, SECOND_QUARTER));
        assertThat(open(SCHEMA, new HashRange(5, 6))).isEqualTo(ACKNOWLEDGED);
    }

    @Test
    void closingATableAgainOrOneThatIsNotThereChangesNothing() {
        assertThat(close()).isEqualTo(ACKNOWLEDGED);
        open(SCHEMA, FIRST_QUARTER);
        assertThat(close()).isEqualTo(ACKNOWLEDGED);
        assertThat(close()).isEqualTo(ACKNOWLEDGED);
        assertThat(shard.state().table(TABLE).orElseThrow().open()).isFalse();
    }

    @Test
    void aClosedTableIsPurgedStepByStepAndThenGone() {
        open(SCHEMA, HashRange.ALL);
        shard.append(new Command.OpenPartition(new TableId(2), SCHEMA, HashRange.ALL));
        for (int i = 0; i < 5; i++) {
            shard.append(Command.PutItem.of(TABLE, item("pk", s("k" + i))));
        }
        shard.append(Command.PutItem.of(new TableId(2), item("pk", s("other"))));
        close();
        assertThat(purge(2)).isEqualTo(new Outcome.Purged(2, true));
        assertThat(purge(2)).isEqualTo(new Outcome.Purged(2, true));
        assertThat(shard.state().table(TABLE)).isPresent();
        assertThat(purge(2)).isEqualTo(new Outcome.Purged(1, false));
        assertThat(shard.state().table(TABLE)).isEmpty();
        assertThat(shard.state().items()).hasSize(1);
    }

    @Test
    void aPurgeThatTakesExactlyAllSaysThatNothingIsLeft() {
        open(SCHEMA, HashRange.ALL);
        shard.append(Command.PutItem.of(TABLE, item("pk", s("a"))));
        shard.append(Command.PutItem.of(TABLE, item("pk", s("b"))));
        close();
        assertThat(purge(2)).isEqualTo(new Outcome.Purged(2, false));
    }

    @Test
    void aPurgeDeletesABoundedNumberOfBytes() {
        open(SCHEMA, HashRange.ALL);
        int items = 24;
        for (int i = 0; i < items; i++) {
            shard.append(Command.PutItem.of(TABLE, item("pk", s("k" + i), "a", s("x".repeat(400_000)))));
        }
        close();
        int fit = ControlCommands.MAX_PURGED_BYTES / 400_000 + 1;
        assertThat(purge(1_000)).isEqualTo(new Outcome.Purged(fit, true));
        assertThat(purge(1_000)).isEqualTo(new Outcome.Purged(fit, true));
        assertThat(purge(1_000)).isEqualTo(new Outcome.Purged(items - 2 * fit, false));
        assertThat(shard.state().table(TABLE)).isEmpty();
    }

    @Test
    void purgingATableThatIsGoneChangesNothing() {
        assertThat(purge(10)).isEqualTo(new Outcome.Purged(0, false));
    }

    @Test
    void anOpenTableIsNotPurged() {
        open(SCHEMA, HashRange.ALL);
        shard.append(Command.PutItem.of(TABLE, item("pk", s("a"))));
        assertConflict(purge(10));
        assertThat(shard.state().items()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(BarrierKind.class)
    void barriersChangeNothing(BarrierKind kind) {
        Transition transition = shard.append(shard.newRequestId(), new Command.Barrier(kind));
        assertThat(transition.outcome()).isEqualTo(new Outcome.BarrierReached());
        assertThat(transition.mutations()).isEmpty();
    }

    @Test
    void controlCommandsUnderAnotherRecordKeyThanTheirTablesAreRejected() {
        Bytes otherTable = Bytes.wrap(new byte[] {0, 0, 0, 9});
        for (Command command : new Command[] {
            new Command.OpenPartition(TABLE, SCHEMA, FIRST_QUARTER),
            new Command.CloseTable(TABLE),
            new Command.PurgeTable(TABLE, 1),
            new Command.Barrier(BarrierKind.VERIFY)
        }) {
            Outcome outcome = shard.append(Payloads.withKey(otherTable, Envelope.of(shard.newRequestId(), command)))
                    .outcome();
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Rejected.class,
                            rejected -> assertThat(rejected.reason()).isEqualTo(RejectReason.KEY_MISMATCH));
        }
    }

    private Outcome open(KeySchema schema, HashRange range) {
        return shard.append(new Command.OpenPartition(TABLE, schema, range));
    }

    private Outcome close() {
        return shard.append(new Command.CloseTable(TABLE));
    }

    private Outcome purge(int maxItems) {
        return shard.append(new Command.PurgeTable(TABLE, maxItems));
    }

    private static void assertConflict(Outcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(RejectReason.CONFLICT));
    }
}
