package io.tidemark.materializer.core;

import static io.tidemark.materializer.core.testing.TestShard.TABLE;
import static io.tidemark.materializer.core.testing.Values.bool;
import static io.tidemark.materializer.core.testing.Values.item;
import static io.tidemark.materializer.core.testing.Values.list;
import static io.tidemark.materializer.core.testing.Values.map;
import static io.tidemark.materializer.core.testing.Values.n;
import static io.tidemark.materializer.core.testing.Values.path;
import static io.tidemark.materializer.core.testing.Values.s;
import static io.tidemark.materializer.core.testing.Values.ss;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.materializer.core.testing.Payloads;
import io.tidemark.materializer.core.testing.TestShard;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.command.InvalidReason;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.command.RejectReason;
import io.tidemark.schema.command.ReturnValues;
import io.tidemark.schema.expression.Comparator;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.Operand;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.expression.UpdateValue;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.value.ItemSize;
import io.tidemark.schema.wire.WalPayload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Put, delete and update on a table with partition and sort key. */
class ItemCommandsTest {
    private static final KeySchema SCHEMA =
            KeySchema.of(new KeyAttribute("pk", KeyType.S), new KeyAttribute("sk", KeyType.N));
    private static final PrimaryKey KEY = PrimaryKey.of(s("k"), n(1));
    private static final Condition FALSE = new Condition.AttributeExists(path("nothing"));
    private static final int OVERHEAD_BYTES = ItemSize.of(row());

    private final TestShard shard = TestShard.withTable(SCHEMA);

    // Put

    @Test
    void putStoresTheItemWithItsLsnAndSize() {
        Outcome outcome = put(row("a", n(1)));
        assertThat(outcome).isEqualTo(new Outcome.Applied(Optional.empty(), 0, ItemSize.of(row("a", n(1)))));
        StoredItem stored = shard.stored(KEY);
        assertThat(stored).isNotNull();
        assertThat(stored.item()).isEqualTo(row("a", n(1)));
        assertThat(stored.lsn().offset()).isEqualTo(1);
        assertThat(stored.sizeBytes()).isEqualTo(ItemSize.of(row("a", n(1))));
    }

    @Test
    void putReplacesTheWholeItem() {
        put(row("a", n(1)));
        assertThat(put(row("b", s("x"))))
                .isEqualTo(new Outcome.Applied(Optional.empty(), size(row("a", n(1))), size(row("b", s("x")))));
        assertThat(shard.item(KEY)).isEqualTo(row("b", s("x")));
    }

    @Test
    void putReturnsTheOldItemOnlyIfAskedAndPresent() {
        assertThat(attributes(put(row("a", n(1)), ReturnValues.ALL_OLD))).isEmpty();
        assertThat(attributes(put(row("a", n(2)), ReturnValues.ALL_OLD))).contains(row("a", n(1)));
        assertThat(attributes(put(row("a", n(3)), ReturnValues.NONE))).isEmpty();
    }

    @Test
    void itemsUnderDifferentSortKeysAreDifferentItems() {
        put(row());
        put(item("pk", s("k"), "sk", n(2), "a", n(2)));
        assertThat(shard.item(KEY)).isEqualTo(row());
        assertThat(shard.item(PrimaryKey.of(s("k"), n("2.0")))).isEqualTo(item("pk", s("k"), "sk", n(2), "a", n(2)));
    }

    @Test
    void anItemOf400KbIsStoredAndAByteMoreIsInvalid() {
        int room = ItemSize.MAX_ITEM_BYTES - OVERHEAD_BYTES - 1;
        assertThat(put(row("a", s("x".repeat(room))))).isInstanceOf(Outcome.Applied.class);
        assertThat(put(row("a", s("x".repeat(room + 1)))))
                .isEqualTo(new Outcome.Invalid(
                        InvalidReason.ITEM_TOO_LARGE, "Item size has exceeded the maximum allowed size"));
        assertThat(shard.item(KEY)).isEqualTo(row("a", s("x".repeat(room))));
    }

    @Test
    void anItemNestedDeeperThan32LevelsIsInvalid() {
        AttributeValue value = n(1);
        for (int i = 0; i < 31; i++) {
            value = list(value);
        }
        assertThat(put(row("a", value))).isInstanceOf(Outcome.Applied.class);
        assertInvalid(put(row("a", map("k", value))), InvalidReason.NESTING);
    }

    @Test
    void anItemWithoutAKeyOfTheTablesTypeIsInvalid() {
        WalPayload sound = shard.encode(Envelope.of(shard.newRequestId(), Command.PutItem.of(TABLE, row())));
        for (Item item : List.of(item("pk", s("k")), item("pk", s("k"), "sk", s("1")), item("pk", n(1), "sk", n(1)))) {
            Envelope envelope = Envelope.of(shard.newRequestId(), Command.PutItem.of(TABLE, item));
            assertInvalid(shard.append(Payloads.withKey(sound.key(), envelope)).outcome(), InvalidReason.KEY);
        }
    }

    @Test
    void anEmptyKeyIsInvalid() {
        WalPayload sound = shard.encode(Envelope.of(shard.newRequestId(), Command.PutItem.of(TABLE, row())));
        Envelope envelope = Envelope.of(shard.newRequestId(), Command.PutItem.of(TABLE, item("pk", s(""), "sk", n(1))));
        assertInvalid(shard.append(Payloads.withKey(sound.key(), envelope)).outcome(), InvalidReason.KEY);
    }

    // Delete

    @Test
    void deleteRemovesTheItem() {
        put(row("a", n(1)));
        assertThat(delete(ReturnValues.NONE)).isEqualTo(new Outcome.Applied(Optional.empty(), size(row("a", n(1))), 0));
        assertThat(shard.item(KEY)).isNull();
    }

    @Test
    void deleteReturnsTheOldItemOnlyIfAskedAndPresent() {
        assertThat(delete(ReturnValues.ALL_OLD)).isEqualTo(new Outcome.Applied(Optional.empty(), 0, 0));
        put(row("a", n(1)));
        assertThat(attributes(delete(ReturnValues.ALL_OLD))).contains(row("a", n(1)));
    }

    // Conditions

    @Test
    void aFalseConditionChangesNothing() {
        put(row("a", n(1)));
        StoredItem before = shard.stored(KEY);
        int size = size(row("a", n(1)));
        Outcome expected = new Outcome.ConditionFailed(Optional.empty(), size);
        assertThat(putIf(FALSE, row("a", n(2)), false)).isEqualTo(expected);
        assertThat(shard.append(new Command.DeleteItem(TABLE, KEY, Optional.of(FALSE), ReturnValues.ALL_OLD, false)))
                .isEqualTo(expected);
        assertThat(updateIf(FALSE, false, set("a", n(2)))).isEqualTo(expected);
        assertThat(shard.stored(KEY)).isEqualTo(before);
    }

    @Test
    void aFailedConditionReturnsTheItemIfAskedAndPresent() {
        assertThat(putIf(FALSE, row(), true)).isEqualTo(new Outcome.ConditionFailed(Optional.empty(), 0));
        put(row("a", n(1)));
        Outcome expected = new Outcome.ConditionFailed(Optional.of(row("a", n(1))), size(row("a", n(1))));
        assertThat(putIf(FALSE, row(), true)).isEqualTo(expected);
        assertThat(updateIf(FALSE, true, set("a", n(2)))).isEqualTo(expected);
        assertThat(shard.append(new Command.DeleteItem(TABLE, KEY, Optional.of(FALSE), ReturnValues.NONE, true)))
                .isEqualTo(expected);
    }

    @Test
    void createIfAbsentSucceedsOnce() {
        Condition absent = new Condition.AttributeNotExists(path("pk"));
        assertThat(putIf(absent, row("a", n(1)), false)).isInstanceOf(Outcome.Applied.class);
        assertThat(putIf(absent, row("a", n(2)), false)).isInstanceOf(Outcome.ConditionFailed.class);
        assertThat(shard.item(KEY)).isEqualTo(row("a", n(1)));
    }

    @Test
    void compareAndSetSucceedsForTheExpectedValue() {
        put(row("v", n(1)));
        Condition versionIsOne = new Condition.Compare(Comparator.EQ, Operand.path("v"), Operand.literal(n(1)));
        assertThat(updateIf(versionIsOne, false, set("v", n(2)))).isInstanceOf(Outcome.Applied.class);
        assertThat(updateIf(versionIsOne, false, set("v", n(3)))).isInstanceOf(Outcome.ConditionFailed.class);
        assertThat(shard.item(KEY)).isEqualTo(row("v", n(2)));
    }

    @Test
    void theConditionIsEvaluatedBeforeWhatOnlyTheItemShowsToBeInvalid() {
        assertThat(updateIf(FALSE, false, set("a.b", n(2)))).isInstanceOf(Outcome.ConditionFailed.class);
        assertInvalid(updateIf(FALSE, false, set("pk", s("x"))), InvalidReason.KEY_UPDATE);
        assertInvalid(
                putIf(FALSE, row("a", s("x".repeat(ItemSize.MAX_ITEM_BYTES))), false), InvalidReason.ITEM_TOO_LARGE);
    }

    // Update

    @Test
    void updateCreatesTheItemWithItsKey() {
        assertThat(update(ReturnValues.ALL_NEW, set("a", n(1)))).contains(row("a", n(1)));
        assertThat(shard.item(KEY)).isEqualTo(row("a", n(1)));
    }

    @Test
    void anUpdateWithoutActionsCreatesTheItemOrLeavesItsAttributes() {
        assertThat(update(ReturnValues.ALL_NEW)).contains(row());
        put(row("a", n(1)));
        assertThat(update(ReturnValues.ALL_NEW)).contains(row("a", n(1)));
    }

    @Test
    void anUpdateThatOnlyTakesAwayCreatesNoItem() {
        UpdateAction delete = new UpdateAction.Delete(path("s"), ss("x"));
        assertThat(update(ReturnValues.ALL_NEW, remove("a"))).isEmpty();
        assertThat(update(ReturnValues.ALL_NEW, remove("a.b"), remove("l[0]"), delete))
                .isEmpty();
        assertThat(shard.item(KEY)).isNull();
        assertThat(update(ReturnValues.ALL_NEW, remove("a"), set("b", n(1)))).contains(row("b", n(1)));
    }

    @Test
    void anUpdateOfAnAbsentItemReadsItsKeyAttributes() {
        UpdateAction copy = new UpdateAction.Set(path("copy"), new UpdateValue.Path(path("pk")));
        assertThat(update(ReturnValues.UPDATED_NEW, copy)).contains(item("copy", s("k")));
    }

    @Test
    void keyAttributesCannotBeUpdated() {
        put(row());
        UpdateAction add = new UpdateAction.Add(path("sk"), n(1));
        UpdateAction delete = new UpdateAction.Delete(path("pk"), ss("k"));
        for (UpdateAction action : List.of(set("pk", s("k")), set("sk.x", n(1)), remove("sk"), add, delete)) {
            Outcome outcome = shard.append(Command.UpdateItem.of(TABLE, KEY, UpdateExpression.of(action)));
            assertThat(outcome)
                    .isEqualTo(new Outcome.Invalid(
                            InvalidReason.KEY_UPDATE,
                            "One or more parameter values were invalid: Cannot update attribute "
                                    + action.path().attribute() + ". This attribute is part of the key"));
        }
    }

    @Test
    void anInvalidUpdateChangesNothing() {
        put(row("a", n(1)));
        StoredItem before = shard.stored(KEY);
        Outcome outcome =
                shard.append(Command.UpdateItem.of(TABLE, KEY, UpdateExpression.of(set("a", n(2)), set("b.c", n(1)))));
        assertThat(outcome)
                .isEqualTo(new Outcome.Invalid(
                        InvalidReason.DOCUMENT_PATH,
                        "The document path provided in the update expression is invalid for update"));
        assertThat(shard.stored(KEY)).isEqualTo(before);
    }

    @Test
    void anUpdateMayNotGrowTheItemBeyond400Kb() {
        int room = ItemSize.MAX_ITEM_BYTES - OVERHEAD_BYTES - 1;
        put(row("a", s("x".repeat(room - 11))));
        assertThat(shard.append(Command.UpdateItem.of(TABLE, KEY, UpdateExpression.of(set("b", s("y".repeat(10)))))))
                .isInstanceOf(Outcome.Applied.class);
        assertThat(shard.append(Command.UpdateItem.of(TABLE, KEY, UpdateExpression.of(set("c", bool(true))))))
                .isEqualTo(new Outcome.Invalid(
                        InvalidReason.ITEM_TOO_LARGE, "Item size to update has exceeded the maximum allowed size"));
    }

    @Test
    void anExpressionBeyondAllLimitsIsRejected() {
        List<Condition> terms = new ArrayList<>();
        for (int i = 0; i < ExpressionLimits.MAX_NODES / 2; i++) {
            terms.add(new Condition.AttributeExists(path("a")));
        }
        assertThat(putIf(new Condition.Or(terms), row(), false))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(RejectReason.UNDECODABLE));
        terms.removeLast();
        assertThat(putIf(new Condition.Or(terms), row(), false)).isInstanceOf(Outcome.ConditionFailed.class);
    }

    @Test
    void theDeepestAdmissibleExpressionIsEvaluated() {
        Condition condition = new Condition.AttributeExists(path("a"));
        for (int i = 1; i < Condition.MAX_DEPTH; i++) {
            condition = new Condition.Not(condition);
        }
        assertThat(putIf(condition, row(), false)).isInstanceOf(Outcome.Applied.class);
    }

    // Return values of updates

    @Test
    void noneReturnsNothing() {
        assertThat(update(ReturnValues.NONE, set("a", n(1)))).isEmpty();
    }

    @Test
    void allOldIsTheItemBeforeIfThereWasOne() {
        assertThat(update(ReturnValues.ALL_OLD, set("a", n(1)))).isEmpty();
        assertThat(update(ReturnValues.ALL_OLD, set("b", n(2)))).contains(row("a", n(1)));
    }

    @Test
    void updatedOldIsWhatWasAtTheTouchedPaths() {
        put(row("a", s("hi"), "b", s("dog")));
        assertThat(update(ReturnValues.UPDATED_OLD, set("b", s("cat")), set("c", n(1))))
                .contains(item("b", s("dog")));
        assertThat(update(ReturnValues.UPDATED_OLD, set("b", s("cat")))).contains(item("b", s("cat")));
        assertThat(update(ReturnValues.UPDATED_OLD, remove("b"))).contains(item("b", s("cat")));
        assertThat(update(ReturnValues.UPDATED_OLD, set("b", s("new")))).isEmpty();
    }

    @Test
    void updatedOldOfANewItemIsAbsent() {
        assertThat(update(ReturnValues.UPDATED_OLD, set("a", n(1)))).isEmpty();
    }

    @Test
    void updatedNewIsWhatIsAtTheTouchedPaths() {
        put(row("a", n(1), "b", s("dog")));
        UpdateAction increment = new UpdateAction.Add(path("a"), n(1));
        assertThat(update(ReturnValues.UPDATED_NEW, increment, set("c", s("x")), remove("b")))
                .contains(item("a", n(2), "c", s("x")));
        assertThat(update(ReturnValues.UPDATED_NEW, remove("c"))).isEmpty();
    }

    @Test
    void touchedPathsKeepOnlyTheStructureAroundThem() {
        put(row("a", map("b", s("dog"), "c", list(n(1), n(2), n(3))), "d", s("cat")));
        assertThat(update(ReturnValues.UPDATED_OLD, set("a.b", s("hi")))).contains(item("a", map("b", s("dog"))));
        assertThat(update(ReturnValues.UPDATED_OLD, set("a.c[1]", n(7)))).contains(item("a", map("c", list(n(2)))));
        assertThat(update(ReturnValues.UPDATED_NEW, set("a.c[1]", n(8)), set("a.b", s("yo"))))
                .contains(item("a", map("b", s("yo"), "c", list(n(8)))));
        assertThat(update(ReturnValues.UPDATED_OLD, remove("a.c[1]"), remove("a.c[3]")))
                .contains(item("a", map("c", list(n(8)))));
        assertThat(update(ReturnValues.UPDATED_OLD, set("a.x", n(1)))).isEmpty();
        assertThat(update(ReturnValues.UPDATED_NEW, set("a.y", n(1)))).contains(item("a", map("y", n(1))));
    }

    /** Two peculiarities of DynamoDB. */
    @Test
    void updatedNewLooksAtTheIndexesAsTheyAreWritten() {
        put(row("l", list(n(0), n(1), n(2))));
        assertThat(update(ReturnValues.UPDATED_NEW, set("l[100]", n(3)))).isEmpty();
        assertThat(update(ReturnValues.UPDATED_NEW, remove("l[1]"))).contains(item("l", list(n(2))));
    }

    private static Item row(Object... namesAndValues) {
        Object[] all = new Object[namesAndValues.length + 4];
        all[0] = "pk";
        all[1] = s("k");
        all[2] = "sk";
        all[3] = n(1);
        System.arraycopy(namesAndValues, 0, all, 4, namesAndValues.length);
        return item(all);
    }

    private static int size(Item item) {
        return ItemSize.of(item);
    }

    private Outcome put(Item item) {
        return put(item, ReturnValues.NONE);
    }

    private Outcome put(Item item, ReturnValues returnValues) {
        return shard.append(new Command.PutItem(TABLE, item, Optional.empty(), returnValues, false));
    }

    private Outcome putIf(Condition condition, Item item, boolean returnOld) {
        return shard.append(new Command.PutItem(TABLE, item, Optional.of(condition), ReturnValues.NONE, returnOld));
    }

    private Outcome delete(ReturnValues returnValues) {
        return shard.append(new Command.DeleteItem(TABLE, KEY, Optional.empty(), returnValues, false));
    }

    private Outcome updateIf(Condition condition, boolean returnOld, UpdateAction... actions) {
        return shard.append(new Command.UpdateItem(
                TABLE, KEY, UpdateExpression.of(actions), Optional.of(condition), ReturnValues.NONE, returnOld));
    }

    /** What the update returned. */
    private Optional<Item> update(ReturnValues returnValues, UpdateAction... actions) {
        return attributes(shard.append(new Command.UpdateItem(
                TABLE, KEY, UpdateExpression.of(actions), Optional.empty(), returnValues, false)));
    }

    private static Optional<Item> attributes(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Applied.class);
        return outcome instanceof Outcome.Applied applied ? applied.attributes() : Optional.empty();
    }

    private static void assertInvalid(Outcome outcome, InvalidReason reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Invalid.class,
                        invalid -> assertThat(invalid.reason()).isEqualTo(reason));
    }

    private static UpdateAction set(String path, AttributeValue value) {
        return new UpdateAction.Set(path(path), new UpdateValue.Literal(value));
    }

    private static UpdateAction remove(String path) {
        return new UpdateAction.Remove(path(path));
    }
}
