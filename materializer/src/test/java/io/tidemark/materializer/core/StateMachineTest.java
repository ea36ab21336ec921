package io.tidemark.materializer.core;

import static io.tidemark.materializer.core.testing.TestShard.TABLE;
import static io.tidemark.materializer.core.testing.Values.item;
import static io.tidemark.materializer.core.testing.Values.n;
import static io.tidemark.materializer.core.testing.Values.path;
import static io.tidemark.materializer.core.testing.Values.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidemark.materializer.core.testing.Histories;
import io.tidemark.materializer.core.testing.Payloads;
import io.tidemark.materializer.core.testing.PlainState;
import io.tidemark.materializer.core.testing.TestShard;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.command.BarrierKind;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.command.RejectReason;
import io.tidemark.schema.command.ReturnValues;
import io.tidemark.schema.command.SourceMark;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.wire.NewerSemanticsException;
import io.tidemark.schema.wire.RecordHeader;
import io.tidemark.schema.wire.WalPayload;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What happens to a record before and after the command in it is evaluated. */
class StateMachineTest {
    private static final KeySchema SCHEMA = KeySchema.of(new KeyAttribute("pk", KeyType.S));
    private static final PrimaryKey KEY = PrimaryKey.of(s("k"));
    private static final Command INCREMENT =
            Command.UpdateItem.of(TABLE, KEY, UpdateExpression.of(new UpdateAction.Add(path("count"), n(1))));

    private final TestShard shard = TestShard.withTable(SCHEMA);

    // What the record itself shows

    @Test
    void aRecordWithoutChecksumIsRejected() {
        WalPayload payload = Payloads.without(increment(shard.newRequestId()), RecordHeader.CRC32C);
        assertRejected(shard.append(payload), RejectReason.CHECKSUM_MISMATCH);
    }

    @Test
    void aRecordWhoseChecksumDoesNotMatchIsRejected() {
        WalPayload payload = increment(shard.newRequestId());
        WalPayload damaged = new WalPayload(payload.key(), flipLast(payload.value()), payload.headers());
        assertRejected(shard.append(damaged), RejectReason.CHECKSUM_MISMATCH);
    }

    @Test
    void aDamagedRecordDoesNotStandInTheWayOfItsRetry() {
        RequestId id = shard.newRequestId();
        WalPayload sound = increment(id);
        shard.append(new WalPayload(sound.key(), flipLast(sound.value()), sound.headers()));
        assertThat(shard.append(sound).outcome()).isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void anUndecodableRecordIsRejectedAndAnswersWhoSentIt() {
        RequestId id = shard.newRequestId();
        WalPayload payload = increment(id);
        Transition transition =
                shard.append(Payloads.resealed(payload.key(), Bytes.wrap(new byte[] {1, 2, 3}), payload.headers()));
        assertRejected(transition, RejectReason.UNDECODABLE);
        assertThat(transition.requestId()).contains(id);
    }

    @Test
    void aRecordWithoutRequestIdHeaderOrWithAnotherIsRejected() {
        WalPayload payload = increment(shard.newRequestId());
        Transition missing = shard.append(Payloads.without(payload, RecordHeader.REQUEST_ID));
        assertRejected(missing, RejectReason.KEY_MISMATCH);
        assertThat(missing.requestId()).isEmpty();
        RecordHeader other = new RecordHeader(
                RecordHeader.REQUEST_ID, Bytes.wrap(shard.newRequestId().toBytes()));
        assertRejected(shard.append(Payloads.with(payload, other)), RejectReason.KEY_MISMATCH);
    }

    @Test
    void aRecordUnderAnotherKeyThanItsItemsIsRejected() {
        WalPayload payload = increment(shard.newRequestId());
        WalPayload elsewhere = Payloads.resealed(flipLast(payload.key()), payload.value(), payload.headers());
        assertRejected(shard.append(elsewhere), RejectReason.KEY_MISMATCH);
    }

    @Test
    void aRecordOfANewerSemanticsVersionStopsTheReplica() {
        RecordHeader newer = new RecordHeader(
                RecordHeader.SEMANTICS,
                Bytes.wrap(ByteBuffer.allocate(4).putInt(2).array()));
        assertThatExceptionOfType(NewerSemanticsException.class)
                .isThrownBy(() -> shard.append(Payloads.with(increment(shard.newRequestId()), newer)))
                .withMessageContaining("2");
    }

    @Test
    void aRecordThatIsNotTheNextOneIsRefused() {
        PlainState state = new PlainState();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StateMachine.apply(
                        state, Histories.record(new ShardId(0), new Lsn(1), 0, increment(shard.newRequestId()))))
                .withMessageContaining("LSN 0")
                .withMessageContaining("1");
    }

    @Test
    void rejectionsAreCountedAndListed() {
        assertThat(shard.state().rejectedCount()).isZero();
        shard.append(Payloads.without(increment(shard.newRequestId()), RecordHeader.CRC32C));
        shard.append(Payloads.without(increment(shard.newRequestId()), RecordHeader.CRC32C));
        assertThat(shard.state().rejectedCount()).isEqualTo(2);
        assertThat(shard.state().rejections())
                .extracting(Mutation.AddRejection::lsn)
                .containsExactly(new Lsn(1), new Lsn(2));
    }

    // Request ids

    @Test
    void aRepeatedRequestReturnsItsFirstOutcomeAndChangesNothing() {
        RequestId id = shard.newRequestId();
        Transition first = shard.append(id, INCREMENT);
        shard.append(INCREMENT);
        Transition second = shard.append(id, INCREMENT);
        assertThat(second.outcome()).isEqualTo(first.outcome());
        assertThat(second.outcomeLsn()).isEqualTo(first.lsn());
        assertThat(second.requestId()).contains(id);
        assertThat(second.mutations()).isEmpty();
        assertThat(shard.item(KEY)).isEqualTo(item("pk", s("k"), "count", n(2)));
    }

    @Test
    void aRepeatedRequestReturnsItsFirstOutcomeAfterItsTableWasClosedAndPurged() {
        RequestId id = shard.newRequestId();
        Transition first = shard.append(id, INCREMENT);
        shard.append(new Command.CloseTable(TABLE));
        assertThat(shard.append(id, INCREMENT).outcome()).isEqualTo(first.outcome());
        shard.append(new Command.PurgeTable(TABLE, 10));
        assertThat(shard.append(id, INCREMENT).outcome()).isEqualTo(first.outcome());
    }

    @Test
    void failedConditionsInvalidAndRejectedCommandsAreRememberedToo() {
        Command ifAbsent = new Command.UpdateItem(
                TABLE,
                KEY,
                UpdateExpression.of(new UpdateAction.Add(path("count"), n(1))),
                Optional.of(new Condition.AttributeExists(path("pk"))),
                ReturnValues.NONE,
                false);
        RequestId failed = shard.newRequestId();
        RequestId invalid = shard.newRequestId();
        RequestId rejected = shard.newRequestId();
        Command ofUnknownTable = Command.PutItem.of(new TableId(9), item("pk", s("k")));
        Command ofText = Command.UpdateItem.of(
                TABLE,
                KEY,
                UpdateExpression.of(new UpdateAction.Remove(path("x.y")), new UpdateAction.Add(path("z"), n(1))));
        Outcome first = shard.append(failed, ifAbsent).outcome();
        Outcome second = shard.append(invalid, ofText).outcome();
        Outcome third = shard.append(rejected, ofUnknownTable).outcome();
        assertThat(first).isInstanceOf(Outcome.ConditionFailed.class);
        assertThat(second).isInstanceOf(Outcome.Invalid.class);
        assertThat(third).isInstanceOf(Outcome.Rejected.class);

        shard.append(
                Command.PutItem.of(TABLE, item("pk", s("k"), "x", io.tidemark.materializer.core.testing.Values.map())));
        shard.append(new Command.OpenPartition(new TableId(9), SCHEMA, HashRange.ALL));
        long rejections = shard.state().rejectedCount();
        assertThat(shard.append(failed, ifAbsent).outcome()).isEqualTo(first);
        assertThat(shard.append(invalid, ofText).outcome()).isEqualTo(second);
        assertThat(shard.append(rejected, ofUnknownTable).outcome()).isEqualTo(third);
        assertThat(shard.state().rejectedCount())
                .as("a repetition is no second rejection")
                .isEqualTo(rejections);
    }

    @Test
    void anOutcomeIsRememberedForTenMinutesOfLogTime() {
        RequestId id = shard.newRequestId();
        shard.append(id, INCREMENT);
        shard.advanceMs(OutcomeWindow.WINDOW_MS);
        sweep();
        assertThat(shard.append(id, INCREMENT).mutations()).isEmpty();
        shard.advanceMs(1);
        sweep();
        assertThat(shard.append(id, INCREMENT).mutations()).isNotEmpty();
        assertThat(shard.item(KEY)).isEqualTo(item("pk", s("k"), "count", n(2)));
    }

    @Test
    void barriersAloneMakeAnIdleShardForget() {
        for (int i = 0; i < 100; i++) {
            shard.append(INCREMENT);
        }
        shard.advanceMs(OutcomeWindow.WINDOW_MS + 1);
        sweep();
        assertThat(shard.state().rememberedOutcomes()).isZero();
    }

    @Test
    void aSweepForgetsABoundedNumberOfOutcomes() {
        for (int i = 0; i < 1_000; i++) {
            shard.append(INCREMENT);
        }
        shard.advanceMs(OutcomeWindow.WINDOW_MS + 1);
        int before = shard.state().rememberedOutcomes();
        sweep();
        assertThat(shard.state().rememberedOutcomes()).isEqualTo(before - OutcomeWindow.MAX_FORGOTTEN_PER_SWEEP);
    }

    @Test
    void noMoreThanTheGreatestNumberOfOutcomesIsEverRemembered() {
        Command delete = Command.DeleteItem.of(TABLE, KEY);
        RequestId oldest = shard.newRequestId();
        shard.append(oldest, delete);
        int most = 0;
        for (int i = 0; i < OutcomeWindow.MAX_REMEMBERED + 500; i++) {
            shard.append(delete);
            most = Math.max(most, shard.state().rememberedOutcomes());
        }
        assertThat(most)
                .isBetween(
                        OutcomeWindow.MAX_REMEMBERED - OutcomeWindow.SWEEP_EVERY_RECORDS, OutcomeWindow.MAX_REMEMBERED);
        assertThat(shard.state().outcome(oldest)).isEmpty();
    }

    @Test
    void noMoreThanTheGreatestNumberOfBytesIsRememberedForLong() {
        int textBytes = 390_000;
        Command swap = new Command.PutItem(
                TABLE,
                item("pk", s("k"), "text", s("x".repeat(textBytes))),
                Optional.empty(),
                ReturnValues.ALL_OLD,
                false);
        RequestId oldest = shard.newRequestId();
        shard.append(oldest, swap);
        long slack = (long) OutcomeWindow.SWEEP_EVERY_RECORDS * 400_000;
        long most = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < 400; i++) {
            shard.append(swap);
            most = Math.max(most, shard.state().rememberedOutcomeBytes());
            least = i < 200 ? least : Math.min(least, shard.state().rememberedOutcomes());
        }
        assertThat(most).isBetween(OutcomeWindow.MAX_REMEMBERED_BYTES, OutcomeWindow.MAX_REMEMBERED_BYTES + slack);
        assertThat(least).isGreaterThan((int) ((OutcomeWindow.MAX_REMEMBERED_BYTES - 800_000) / 400_000));
        assertThat(shard.state().outcome(oldest)).isEmpty();

        // What follows and returns nothing is small again: the bound by bytes forgets no more than it must.
        int before = shard.state().rememberedOutcomes();
        for (int i = 0; i < 10 * OutcomeWindow.SWEEP_EVERY_RECORDS; i++) {
            shard.append(INCREMENT);
        }
        assertThat(shard.state().rememberedOutcomes()).isGreaterThan(before);
    }

    // Log time

    @Test
    void logTimeNeverStepsBack() {
        Transition first = shard.append(shard.newRequestId(), INCREMENT);
        shard.advanceMs(-5_000);
        Transition second = shard.append(shard.newRequestId(), INCREMENT);
        assertThat(second.logTimeMs()).isEqualTo(first.logTimeMs());
        shard.advanceMs(6_000);
        assertThat(shard.append(shard.newRequestId(), INCREMENT).logTimeMs()).isEqualTo(first.logTimeMs() + 1_000);
    }

    // Barriers

    @Test
    void aBarrierMarksItsOwnPositionEachTimeAndIsNotRemembered() {
        RequestId id = shard.newRequestId();
        Command barrier = new Command.Barrier(BarrierKind.READ);
        Transition first = shard.append(id, barrier);
        Transition second = shard.append(id, barrier);
        assertThat(first.outcome()).isEqualTo(new Outcome.BarrierReached());
        assertThat(first.mutations()).isEmpty();
        assertThat(second.outcomeLsn()).isEqualTo(second.lsn());
        assertThat(shard.state().outcome(id)).isEmpty();
    }

    // Source chains

    @Test
    void recordsOfASourceAreAppliedAsAChain() {
        assertThat(shard.append(new SourceMark(1, 0, 5, SourceMark.NONE), INCREMENT)
                        .outcome())
                .isInstanceOf(Outcome.Applied.class);
        assertThat(shard.append(new SourceMark(1, 0, 9, 5), INCREMENT).outcome())
                .isInstanceOf(Outcome.Applied.class);
        assertThat(shard.state().sourceOffset(1, 0)).isEqualTo(9);
        assertThat(shard.state().sourceOffset(1, 1)).isEqualTo(SourceMark.NONE);
        assertThat(shard.item(KEY)).isEqualTo(item("pk", s("k"), "count", n(2)));
    }

    @Test
    void aSourceRecordThatComesAgainIsAlreadyApplied() {
        shard.append(new SourceMark(1, 0, 5, SourceMark.NONE), INCREMENT);
        shard.append(new SourceMark(1, 0, 9, 5), INCREMENT);
        shard.advanceMs(OutcomeWindow.WINDOW_MS * 1_000);
        sweep();
        Transition again = shard.append(new SourceMark(1, 0, 5, SourceMark.NONE), INCREMENT);
        assertThat(again.outcome()).isEqualTo(new Outcome.AlreadyApplied());
        assertThat(again.mutations()).isEmpty();
        assertThat(shard.append(new SourceMark(1, 0, 9, 7), INCREMENT).outcome())
                .isEqualTo(new Outcome.AlreadyApplied());
    }

    @Test
    void aHoleInASourceChainIsRejectedUntilItIsFilled() {
        shard.append(new SourceMark(1, 0, 5, SourceMark.NONE), INCREMENT);
        assertRejected(shard.append(new SourceMark(1, 0, 9, 7), INCREMENT), RejectReason.SOURCE_GAP);
        assertRejected(shard.append(new SourceMark(1, 0, 9, SourceMark.NONE), INCREMENT), RejectReason.SOURCE_GAP);
        assertThat(shard.append(new SourceMark(1, 0, 7, 5), INCREMENT).outcome())
                .isInstanceOf(Outcome.Applied.class);
        assertThat(shard.append(new SourceMark(1, 0, 9, 7), INCREMENT).outcome())
                .isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void anInvalidOrConditionalSourceRecordAdvancesItsChain() {
        Command invalid =
                Command.UpdateItem.of(TABLE, KEY, UpdateExpression.of(new UpdateAction.Add(path("x.y"), n(1))));
        assertThat(shard.append(new SourceMark(1, 0, 5, SourceMark.NONE), invalid)
                        .outcome())
                .isInstanceOf(Outcome.Invalid.class);
        assertThat(shard.state().sourceOffset(1, 0)).isEqualTo(5);
    }

    @Test
    void aRejectedSourceRecordLeavesItsChainWhereItWas() {
        Command unknown = Command.PutItem.of(new TableId(9), item("pk", s("k")));
        assertRejected(shard.append(new SourceMark(1, 0, 5, SourceMark.NONE), unknown), RejectReason.UNKNOWN_TABLE);
        assertThat(shard.state().sourceOffset(1, 0)).isEqualTo(SourceMark.NONE);
    }

    @Test
    void recordsOfSourcesDoNotPushOutWhatIsRememberedForOthers() {
        int before = shard.state().rememberedOutcomes();
        shard.append(new SourceMark(1, 0, 5, SourceMark.NONE), INCREMENT);
        assertThat(shard.state().rememberedOutcomes()).isEqualTo(before);
    }

    // Tables and ranges

    @Test
    void aCommandForAnUnknownOrClosedTableIsRejected() {
        Command unknown = Command.DeleteItem.of(new TableId(9), KEY);
        assertRejected(shard.append(shard.newRequestId(), unknown), RejectReason.UNKNOWN_TABLE);
        shard.append(new Command.CloseTable(TABLE));
        assertRejected(shard.append(shard.newRequestId(), INCREMENT), RejectReason.UNKNOWN_TABLE);
    }

    @Test
    void aCommandForARangeThatTheShardDoesNotOwnIsRejected() {
        TestShard lower = TestShard.withTable(SCHEMA, HashRange.ALL.part(0, 2));
        TestShard upper = TestShard.withTable(SCHEMA, HashRange.ALL.part(1, 2));
        int applied = 0;
        for (int i = 0; i < 50; i++) {
            Command put = Command.PutItem.of(TABLE, item("pk", s("k" + i)));
            Outcome inLower = lower.append(put);
            Outcome inUpper = upper.append(put);
            assertThat(inLower instanceof Outcome.Applied).isNotEqualTo(inUpper instanceof Outcome.Applied);
            Outcome refused = inLower instanceof Outcome.Applied ? inUpper : inLower;
            assertThat(refused)
                    .isInstanceOfSatisfying(
                            Outcome.Rejected.class,
                            it -> assertThat(it.reason()).isEqualTo(RejectReason.WRONG_RANGE));
            applied += inLower instanceof Outcome.Applied ? 1 : 0;
        }
        assertThat(applied).isBetween(10, 40);
    }

    private WalPayload increment(RequestId id) {
        return shard.encode(Envelope.of(id, INCREMENT));
    }

    /** Appends barriers up to and with the next record that sweeps. */
    private void sweep() {
        Lsn lsn;
        do {
            lsn = shard.append(shard.newRequestId(), new Command.Barrier(BarrierKind.READ))
                    .lsn();
        } while (lsn.offset() % OutcomeWindow.SWEEP_EVERY_RECORDS != 0);
    }

    private static void assertRejected(Transition transition, RejectReason reason) {
        assertThat(transition.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(reason));
        assertThat(transition.mutations())
                .filteredOn(Mutation.AddRejection.class::isInstance)
                .hasSize(1);
        assertThat(transition.mutations())
                .noneMatch(Mutation.PutItem.class::isInstance)
                .noneMatch(Mutation.PutSourceOffset.class::isInstance);
    }

    private static Bytes flipLast(Bytes bytes) {
        byte[] copy = bytes.array().clone();
        copy[copy.length - 1] ^= 1;
        return Bytes.wrap(copy);
    }
}
