package io.tidemark.materializer.core;

import static io.tidemark.materializer.core.testing.Values.b;
import static io.tidemark.materializer.core.testing.Values.bool;
import static io.tidemark.materializer.core.testing.Values.bs;
import static io.tidemark.materializer.core.testing.Values.item;
import static io.tidemark.materializer.core.testing.Values.list;
import static io.tidemark.materializer.core.testing.Values.map;
import static io.tidemark.materializer.core.testing.Values.n;
import static io.tidemark.materializer.core.testing.Values.ns;
import static io.tidemark.materializer.core.testing.Values.nul;
import static io.tidemark.materializer.core.testing.Values.path;
import static io.tidemark.materializer.core.testing.Values.s;
import static io.tidemark.materializer.core.testing.Values.ss;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.command.InvalidReason;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.expression.UpdateValue;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The expected results are DynamoDB's, tried on DynamoDB Local where the documentation is silent. */
class UpdatesTest {
    private static final Item LIST = item("a", list(n(0), n(1), n(2), n(3)));

    // SET

    @Test
    void setReplacesAnAttributeAndAddsOne() {
        assertThat(apply(item("a", n(1)), set("a", s("x")), set("b", n(2)))).isEqualTo(item("a", s("x"), "b", n(2)));
    }

    @Test
    void setReachesIntoMapsAndLists() {
        Item before = item("a", map("b", n(3), "c", list(s("hi"), map("x", list(n(3), n(5))))));
        assertThat(apply(before, set("a.c[1].x[1]", n(9)), set("a.d", n(1))))
                .isEqualTo(item("a", map("b", n(3), "c", list(s("hi"), map("x", list(n(3), n(9)))), "d", n(1))));
    }

    @Test
    void setReplacesANestedDocumentAsAWhole() {
        assertThat(apply(item("a", map("c", map("one", n(1)))), set("a.c", n(7))))
                .isEqualTo(item("a", map("c", n(7))));
    }

    @Test
    void setBeyondTheEndAppendsInTheOrderOfTheIndexes() {
        assertThat(apply(LIST, set("a[84]", s("d")), set("a[37]", s("b")), set("a[17]", s("a")), set("a[50]", s("c"))))
                .isEqualTo(item("a", list(n(0), n(1), n(2), n(3), s("a"), s("b"), s("c"), s("d"))));
    }

    @Test
    void setCopiesAnotherPlace() {
        assertThat(apply(item("a", map("x", n(7))), action("b", place("a.x"))))
                .isEqualTo(item("a", map("x", n(7)), "b", n(7)));
    }

    @Test
    void everyActionReadsTheItemAsItWasBefore() {
        Item before = item("a", n(1), "b", n(2));
        assertThat(apply(before, action("a", place("b")), action("b", place("a"))))
                .isEqualTo(item("a", n(2), "b", n(1)));
        assertThat(apply(before, remove("a"), action("c", place("a")))).isEqualTo(item("b", n(2), "c", n(1)));
        assertThat(refused(item("q", n(1)), set("x", n(4)), action("y", place("x"))))
                .isEqualTo(InvalidReason.MISSING_ATTRIBUTE);
    }

    @Test
    void plusAndMinusTakeNumbersOfItemAndExpression() {
        Item before = item("a", n(2), "b", n("0.5"));
        assertThat(apply(before, action("a", new UpdateValue.Plus(place("a"), place("b")))))
                .isEqualTo(item("a", n("2.5"), "b", n("0.5")));
        assertThat(apply(before, action("c", new UpdateValue.Minus(literal(n(1)), place("a")))))
                .isEqualTo(item("a", n(2), "b", n("0.5"), "c", n(-1)));
    }

    @Test
    void arithmeticIsExact() {
        assertThat(apply(item(), action("a", new UpdateValue.Plus(literal(n("1E+22")), literal(n(1))))))
                .isEqualTo(item("a", n("10000000000000000000001")));
    }

    @Test
    void arithmeticOutOfRangeIsRefused() {
        Item before = item("a", n("9E+125"), "b", n("1E+38"), "c", n("1E-130"));
        assertThat(refused(before, action("x", new UpdateValue.Plus(place("a"), place("a")))))
                .isEqualTo(InvalidReason.NUMBER_RANGE);
        assertThat(refused(before, action("x", new UpdateValue.Plus(place("b"), literal(n("0.1"))))))
                .isEqualTo(InvalidReason.NUMBER_RANGE);
        assertThat(refused(before, action("x", new UpdateValue.Minus(place("c"), place("a")))))
                .isEqualTo(InvalidReason.NUMBER_RANGE);
        assertThat(refused(before, new UpdateAction.Add(path("a"), n("9E+125"))))
                .isEqualTo(InvalidReason.NUMBER_RANGE);
    }

    @Test
    void ifNotExistsTakesThePlaceOrElseTheOther() {
        UpdateValue counter =
                new UpdateValue.Plus(new UpdateValue.IfNotExists(path("n"), literal(n(0))), literal(n(1)));
        assertThat(apply(item(), action("n", counter))).isEqualTo(item("n", n(1)));
        assertThat(apply(item("n", n(5)), action("n", counter))).isEqualTo(item("n", n(6)));
        UpdateValue nested =
                new UpdateValue.IfNotExists(path("x.y"), new UpdateValue.IfNotExists(path("z"), literal(s("no"))));
        assertThat(apply(item("z", nul()), action("a", nested))).isEqualTo(item("z", nul(), "a", nul()));
        assertThat(refused(item(), action("a", new UpdateValue.IfNotExists(path("q"), place("r")))))
                .isEqualTo(InvalidReason.MISSING_ATTRIBUTE);
    }

    @Test
    void listAppendJoinsInEitherOrder() {
        Item before = item("a", list(n(1)));
        assertThat(apply(before, action("a", new UpdateValue.ListAppend(place("a"), literal(list(n(2), n(3)))))))
                .isEqualTo(item("a", list(n(1), n(2), n(3))));
        assertThat(apply(before, action("a", new UpdateValue.ListAppend(literal(list(s("x"))), place("a")))))
                .isEqualTo(item("a", list(s("x"), n(1))));
        assertThat(apply(
                        before,
                        action(
                                "b",
                                new UpdateValue.ListAppend(
                                        new UpdateValue.IfNotExists(path("b"), literal(list())), literal(list(n(2)))))))
                .isEqualTo(item("a", list(n(1)), "b", list(n(2))));
    }

    @Test
    void operandsOfTheWrongTypeAreRefused() {
        Item before = item("n", n(1), "s", s("x"), "l", list());
        assertThat(refused(before, action("a", new UpdateValue.Plus(place("n"), place("s")))))
                .isEqualTo(InvalidReason.OPERAND_TYPE);
        assertThat(refused(before, action("a", new UpdateValue.Minus(place("l"), place("n")))))
                .isEqualTo(InvalidReason.OPERAND_TYPE);
        assertThat(refused(before, action("a", new UpdateValue.ListAppend(place("s"), place("l")))))
                .isEqualTo(InvalidReason.OPERAND_TYPE);
        assertThat(refused(before, action("a", new UpdateValue.ListAppend(place("l"), literal(ss("x"))))))
                .isEqualTo(InvalidReason.OPERAND_TYPE);
    }

    @Test
    void absentOperandsAreRefused() {
        Item before = item("n", n(1), "l", list());
        assertThat(refused(before, action("a", place("q")))).isEqualTo(InvalidReason.MISSING_ATTRIBUTE);
        assertThat(refused(before, action("a", place("l[0]")))).isEqualTo(InvalidReason.MISSING_ATTRIBUTE);
        assertThat(refused(before, action("a", new UpdateValue.Plus(place("n"), place("q")))))
                .isEqualTo(InvalidReason.MISSING_ATTRIBUTE);
        assertThat(refused(before, action("a", new UpdateValue.ListAppend(place("q"), place("l")))))
                .isEqualTo(InvalidReason.MISSING_ATTRIBUTE);
    }

    @Test
    void theFirstOperandIsLookedAtFirst() {
        Item before = item("s", s("x"));
        assertThat(refused(before, action("a", new UpdateValue.Plus(place("s"), place("q")))))
                .isEqualTo(InvalidReason.OPERAND_TYPE);
        assertThat(refused(before, action("a", new UpdateValue.Plus(place("q"), place("s")))))
                .isEqualTo(InvalidReason.MISSING_ATTRIBUTE);
    }

    @Test
    void theOtherOperandOfIfNotExistsMustBeThereEvenIfItIsNotNeeded() {
        UpdateValue value = new UpdateValue.IfNotExists(path("a"), place("q"));
        assertThat(refused(item("a", n(1)), action("b", value))).isEqualTo(InvalidReason.MISSING_ATTRIBUTE);
    }

    @Test
    void pathsAreLookedAtBeforeOperands() {
        assertThat(refused(item("s", s("x")), action("a", place("q")), set("s.x", n(1))))
                .isEqualTo(InvalidReason.DOCUMENT_PATH);
        assertThat(refused(item("s", s("x")), add("s", n(1)), set("z[0]", n(1))))
                .isEqualTo(InvalidReason.DOCUMENT_PATH);
    }

    // Paths

    @Test
    void theParentOfAPathMustExistAndBeOfTheRightType() {
        Item before = item("s", s("x"), "m", map("b", n(1)), "l", list(n(1)));
        for (String invalid :
                List.of("q.x", "q[0]", "s.x", "s[0]", "m[0]", "m.q.x", "m.b.x", "l.x", "l[0].x", "l[7].x")) {
            assertThat(refused(before, set(invalid, n(1))))
                    .as("SET %s", invalid)
                    .isEqualTo(InvalidReason.DOCUMENT_PATH);
            assertThat(refused(before, remove(invalid)))
                    .as("REMOVE %s", invalid)
                    .isEqualTo(InvalidReason.DOCUMENT_PATH);
            assertThat(refused(before, new UpdateAction.Add(path(invalid), n(1))))
                    .as("ADD %s", invalid)
                    .isEqualTo(InvalidReason.DOCUMENT_PATH);
            assertThat(refused(before, new UpdateAction.Delete(path(invalid), ss("x"))))
                    .as("DELETE %s", invalid)
                    .isEqualTo(InvalidReason.DOCUMENT_PATH);
        }
    }

    @Test
    void overlappingAndConflictingPathsAreRefusedInAnyOrder() {
        Item before = item("a", map("b", map("c", n(1))), "l", list(list(n(1))));
        List<List<String>> pairs = List.of(
                List.of("a", "a"),
                List.of("a", "a.b"),
                List.of("a.b", "a.b.c"),
                List.of("l[0]", "l[0][0]"),
                List.of("l[0]", "l[0]"),
                List.of("a.b", "a[0]"),
                List.of("l[0][0]", "l[0].x"));
        for (List<String> pair : pairs) {
            assertThat(refused(before, set(pair.get(0), n(1)), set(pair.get(1), n(2))))
                    .as("%s", pair)
                    .isEqualTo(InvalidReason.DOCUMENT_PATH);
            assertThat(refused(before, remove(pair.get(1)), set(pair.get(0), n(2))))
                    .as("%s", pair)
                    .isEqualTo(InvalidReason.DOCUMENT_PATH);
        }
    }

    // REMOVE

    @Test
    void removeTakesAwayAttributesMapEntriesAndListElements() {
        Item before = item("a", map("b", n(3), "c", list(s("hi"), n(5), n(7))), "d", n(1));
        assertThat(apply(before, remove("a.c[1]"), remove("a.b"), remove("d")))
                .isEqualTo(item("a", map("c", list(s("hi"), n(7)))));
    }

    @Test
    void indexesCountElementsAsTheyWereBefore() {
        assertThat(apply(LIST, remove("a[0]"), remove("a[2]"))).isEqualTo(item("a", list(n(1), n(3))));
        assertThat(apply(LIST, remove("a[1]"), set("a[3]", s("x")))).isEqualTo(item("a", list(n(0), n(2), s("x"))));
        assertThat(apply(LIST, set("a[3]", s("x")), remove("a[1]"))).isEqualTo(item("a", list(n(0), n(2), s("x"))));
        assertThat(apply(LIST, remove("a[1]"), remove("a[3]"), set("a[9]", s("y")), set("a[7]", s("x"))))
                .isEqualTo(item("a", list(n(0), n(2), s("x"), s("y"))));
        Item nested = item("a", list(map("b", n(1)), map("b", n(3))));
        assertThat(apply(nested, remove("a[0]"), set("a[1].b", n(9)))).isEqualTo(item("a", list(map("b", n(9)))));
    }

    @Test
    void removingWhatIsNotThereDoesNothing() {
        Item before = item("a", map("x", n(3)), "b", list(s("hi")));
        assertThat(apply(before, remove("a.y"), remove("b[7]"), remove("c"))).isEqualTo(before);
    }

    @Test
    void theLastEntryRemovedLeavesAnEmptyMapOrList() {
        assertThat(apply(item("m", map("b", n(1)), "l", list(n(1))), remove("m.b"), remove("l[0]")))
                .isEqualTo(item("m", map(), "l", list()));
    }

    // ADD

    @Test
    void addSumsNumbersAndBeginsAtZero() {
        assertThat(apply(item("a", n(3)), add("a", n(4)), add("b", n(-7)))).isEqualTo(item("a", n(7), "b", n(-7)));
        assertThat(apply(item("a", list(n(1))), add("a[0]", n(5)), add("a[3]", n(6))))
                .isEqualTo(item("a", list(n(6), n(6))));
    }

    @Test
    void addUnitesSetsOfOneType() {
        Item before = item("ss", ss("a", "b"), "ns", ns(1), "bs", bs("a"));
        assertThat(apply(before, add("ss", ss("b", "c")), add("ns", ns(2)), add("bs", bs("b")), add("x", ss("new"))))
                .isEqualTo(item("ss", ss("a", "b", "c"), "ns", ns(1, 2), "bs", bs("a", "b"), "x", ss("new")));
    }

    @Test
    void addRefusesWhatItCannotAdd() {
        Item before = item("n", n(1), "s", s("x"), "ss", ss("a"), "l", list(n(1)));
        List<UpdateAction> actions = List.of(
                add("s", n(1)),
                add("n", ss("a")),
                add("ss", ns(1)),
                add("ss", n(1)),
                add("l", ns(1)),
                add("n", s("1")),
                add("q", s("x")),
                add("q", list(n(1))),
                add("q", map()),
                add("q", b("x")),
                add("q", bool(true)),
                add("q", nul()));
        for (UpdateAction action : actions) {
            assertThat(refused(before, action)).as("%s", action).isEqualTo(InvalidReason.OPERAND_TYPE);
        }
    }

    // DELETE

    @Test
    void deleteTakesMembersOutOfSets() {
        Item before = item("ss", ss("cat", "dog", "mouse"), "ns", ns(1, 2), "bs", bs("a", "b"));
        assertThat(apply(before, delete("ss", ss("cat", "pig")), delete("ns", ns(2)), delete("bs", bs("a"))))
                .isEqualTo(item("ss", ss("dog", "mouse"), "ns", ns(1), "bs", bs("b")));
    }

    @Test
    void aSetThatLosesItsLastMemberIsRemoved() {
        Item before = item("a", ss("x"), "m", map("s", ns(1)), "l", list(bs("b"), n(1)));
        assertThat(apply(before, delete("a", ss("x", "y")), delete("m.s", ns(1)), delete("l[0]", bs("b"))))
                .isEqualTo(item("m", map(), "l", list(n(1))));
    }

    @Test
    void deletingFromWhatIsNotThereDoesNothing() {
        Item before = item("m", map("x", n(1)), "l", list());
        assertThat(apply(before, delete("q", ss("x")), delete("m.q", ns(1)), delete("l[4]", bs("b"))))
                .isEqualTo(before);
    }

    @Test
    void deleteRefusesWhatIsNoSetOfTheSameType() {
        Item before = item("n", n(1), "ss", ss("a"));
        for (UpdateAction action :
                List.of(delete("n", ss("a")), delete("ss", ns(1)), delete("ss", s("a")), delete("q", s("a")))) {
            assertThat(refused(before, action)).as("%s", action).isEqualTo(InvalidReason.OPERAND_TYPE);
        }
    }

    // Bounds

    @Test
    void nestingAsDeepAsDynamoDbAdmitsIsAccepted() {
        Item before = item("a", nested(30, map()));
        String deepest = "a" + ".k".repeat(31);
        Item after = apply(before, set(deepest, n(1)));
        assertThat(Documents.find(after, path(deepest))).isEqualTo(n(1));
    }

    @Test
    void deeperNestingIsRefused() {
        Item before = item("a", nested(30, map()), "b", nested(31, n(1)));
        String deepest = "a" + ".k".repeat(31);
        assertThat(refused(before, set(deepest, list()))).isEqualTo(InvalidReason.NESTING);
        assertThat(refused(before, set("c", nested(32, n(1))))).isEqualTo(InvalidReason.NESTING);
        assertThat(refused(before, action("a.x", place("b")))).isEqualTo(InvalidReason.NESTING);
    }

    @Test
    void copiesThatAddUpToMoreThanAnItemAreRefusedBeforeTheyAreMade() {
        List<AttributeValue> thousand = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            thousand.add(s("x".repeat(300)));
        }
        Item before = item("a", new AttributeValue.L(thousand));
        List<UpdateAction> copies = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            copies.add(action("x" + i, place("a")));
        }
        assertThat(refused(before, copies.toArray(UpdateAction[]::new))).isEqualTo(InvalidReason.ITEM_TOO_LARGE);
        UpdateValue doubled = place("a");
        for (int i = 0; i < 11; i++) {
            doubled = new UpdateValue.ListAppend(doubled, doubled);
        }
        assertThat(refused(before, action("a", doubled))).isEqualTo(InvalidReason.ITEM_TOO_LARGE);
    }

    private static AttributeValue nested(int maps, AttributeValue innermost) {
        AttributeValue value = innermost;
        for (int i = 0; i < maps; i++) {
            value = map("k", value);
        }
        return value;
    }

    private static Item apply(Item before, UpdateAction... actions) {
        try {
            return Updates.apply(UpdateExpression.of(actions), before);
        } catch (InvalidUpdateException e) {
            throw new AssertionError("refused: " + e.outcome(), e);
        }
    }

    private static InvalidReason refused(Item before, UpdateAction... actions) {
        try {
            throw new AssertionError("applied: " + Updates.apply(UpdateExpression.of(actions), before));
        } catch (InvalidUpdateException e) {
            Outcome.Invalid outcome = e.outcome();
            assertThat(outcome.detail()).isNotBlank();
            return outcome.reason();
        }
    }

    private static UpdateAction set(String path, AttributeValue value) {
        return action(path, literal(value));
    }

    private static UpdateAction action(String path, UpdateValue value) {
        return new UpdateAction.Set(path(path), value);
    }

    private static UpdateAction remove(String path) {
        return new UpdateAction.Remove(path(path));
    }

    private static UpdateAction add(String path, AttributeValue value) {
        return new UpdateAction.Add(path(path), value);
    }

    private static UpdateAction delete(String path, AttributeValue value) {
        return new UpdateAction.Delete(path(path), value);
    }

    private static UpdateValue literal(AttributeValue value) {
        return new UpdateValue.Literal(value);
    }

    private static UpdateValue place(String path) {
        return new UpdateValue.Path(path(path));
    }
}
