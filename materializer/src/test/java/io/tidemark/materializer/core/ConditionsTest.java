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

import io.tidemark.schema.expression.AttributeType;
import io.tidemark.schema.expression.Comparator;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.Operand;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The expected answers are DynamoDB's, tried on DynamoDB Local where the documentation is silent. */
class ConditionsTest {
    /** One value of each type; no two are equal. */
    private static final Map<AttributeType, AttributeValue> ONE_OF_EACH = new EnumMap<>(Map.of(
            AttributeType.S, s("1"),
            AttributeType.N, n(1),
            AttributeType.B, b("1"),
            AttributeType.BOOL, bool(true),
            AttributeType.NULL, nul(),
            AttributeType.L, list(n(1)),
            AttributeType.M, map("a", n(1)),
            AttributeType.SS, ss("1"),
            AttributeType.NS, ns(1),
            AttributeType.BS, bs("1")));

    private static final Item EACH = item(
            "s", s("hello"),
            "n", n(5),
            "b", b("hello"),
            "t", bool(true),
            "z", nul(),
            "l", list(n(2), s("dog"), list(n(3), n(4)), ss("x", "y")),
            "m", map("x", n(2), "y", map("p", s("deep"), "q", list(n(7), n(8)))),
            "ss", ss("cat", "dog"),
            "ns", ns(2, 4),
            "bs", bs("cat", "dog"));

    @Test
    void equalValuesOfEveryTypeAreEqual() {
        ONE_OF_EACH.forEach((type, value) -> {
            assertThat(holds(compare(Comparator.EQ, literal(value), literal(value))))
                    .as("%s", type)
                    .isTrue();
            assertThat(holds(compare(Comparator.NE, literal(value), literal(value))))
                    .as("%s", type)
                    .isFalse();
        });
    }

    @Test
    void valuesOfDifferentTypesAreNeverEqualAndAlwaysDifferent() {
        ONE_OF_EACH.forEach((type, value) -> ONE_OF_EACH.forEach((otherType, other) -> {
            boolean same = type == otherType;
            assertThat(holds(compare(Comparator.EQ, literal(value), literal(other))))
                    .isEqualTo(same);
            assertThat(holds(compare(Comparator.NE, literal(value), literal(other))))
                    .isEqualTo(!same);
        }));
    }

    @Test
    void valuesOfDifferentTypesHaveNoOrder() {
        for (Comparator comparator : List.of(Comparator.LT, Comparator.LE, Comparator.GT, Comparator.GE)) {
            ONE_OF_EACH.forEach((type, value) -> ONE_OF_EACH.forEach((otherType, other) -> {
                if (type != otherType) {
                    assertThat(holds(compare(comparator, literal(value), literal(other))))
                            .as("%s %s %s", value, comparator, other)
                            .isFalse();
                }
            }));
        }
    }

    @Test
    void onlyTextNumbersAndBinariesHaveAnOrder() {
        ONE_OF_EACH.forEach((type, value) -> {
            boolean ordered = type == AttributeType.S || type == AttributeType.N || type == AttributeType.B;
            assertThat(holds(compare(Comparator.LE, literal(value), literal(value))))
                    .as("%s", type)
                    .isEqualTo(ordered);
            assertThat(holds(compare(Comparator.GE, literal(value), literal(value))))
                    .as("%s", type)
                    .isEqualTo(ordered);
            assertThat(holds(compare(Comparator.LT, literal(value), literal(value))))
                    .isFalse();
            assertThat(holds(compare(Comparator.GT, literal(value), literal(value))))
                    .isFalse();
        });
    }

    @Test
    void twoAbsentAttributesAreNotEqualButDifferent() {
        assertThat(holds(compare(Comparator.EQ, at("q"), at("r")))).isFalse();
        assertThat(holds(compare(Comparator.EQ, at("q"), at("q")))).isFalse();
        assertThat(holds(compare(Comparator.NE, at("q"), at("r")))).isTrue();
    }

    @Test
    void anAbsentAttributeDiffersFromEverythingAndHasNoOrder() {
        assertThat(holds(compare(Comparator.EQ, at("q"), literal(n(5))))).isFalse();
        assertThat(holds(compare(Comparator.NE, at("q"), literal(n(5))))).isTrue();
        assertThat(holds(compare(Comparator.NE, literal(n(5)), at("q")))).isTrue();
        for (Comparator comparator : List.of(Comparator.LT, Comparator.LE, Comparator.GT, Comparator.GE)) {
            assertThat(holds(compare(comparator, at("q"), literal(n(5))))).isFalse();
            assertThat(holds(compare(comparator, literal(n(5)), at("q")))).isFalse();
        }
    }

    @Test
    void anAbsentItemIsAsOneWithoutAttributes() {
        assertThat(Conditions.test(new Condition.AttributeNotExists(path("pk")), null))
                .isTrue();
        assertThat(Conditions.test(new Condition.AttributeExists(path("pk")), null))
                .isFalse();
        assertThat(Conditions.test(compare(Comparator.NE, at("a"), literal(n(1))), null))
                .isTrue();
    }

    @Test
    void numbersCompareByValue() {
        assertThat(holds(compare(Comparator.EQ, literal(n("1.0")), literal(n("1")))))
                .isTrue();
        assertThat(holds(compare(Comparator.EQ, literal(list(n("1E+2"))), literal(list(n("100"))))))
                .isTrue();
        assertThat(holds(compare(Comparator.LT, literal(n("-10")), literal(n("-9.5")))))
                .isTrue();
        assertThat(holds(compare(Comparator.GT, literal(n("10")), literal(n("9")))))
                .isTrue();
        assertThat(holds(compare(Comparator.LT, literal(n("1E-130")), literal(n("1E+125")))))
                .isTrue();
    }

    @Test
    void textComparesByItsUtf8Bytes() {
        assertThat(holds(compare(Comparator.LT, literal(s("Z")), literal(s("a")))))
                .isTrue();
        assertThat(holds(compare(Comparator.LT, literal(s("a")), literal(s("ab")))))
                .isTrue();
        // U+1F600 is a surrogate pair, which UTF-16 orders before U+FFEE.
        assertThat(holds(compare(Comparator.GT, literal(s("\uD83D\uDE00")), literal(s("\uFFEE")))))
                .isTrue();
    }

    @Test
    void binariesCompareAsUnsignedBytes() {
        AttributeValue high = new AttributeValue.B(io.tidemark.schema.Bytes.wrap(new byte[] {(byte) 0x80}));
        assertThat(holds(compare(Comparator.GT, literal(high), literal(b("a")))))
                .isTrue();
    }

    @Test
    void comparatorsOrderTwoPlacesOfTheItem() {
        assertThat(holds(compare(Comparator.LT, at("m.x"), at("n")))).isTrue();
        assertThat(holds(compare(Comparator.GE, at("m.x"), at("n")))).isFalse();
        assertThat(holds(compare(Comparator.EQ, at("m.x"), at("l[0]")))).isTrue();
    }

    @Test
    void betweenIncludesBothEnds() {
        assertThat(holds(new Condition.Between(at("n"), literal(n(5)), literal(n(9)))))
                .isTrue();
        assertThat(holds(new Condition.Between(at("n"), literal(n(1)), literal(n(5)))))
                .isTrue();
        assertThat(holds(new Condition.Between(at("n"), literal(n(6)), literal(n(9)))))
                .isFalse();
        assertThat(holds(new Condition.Between(at("s"), literal(s("a")), literal(s("z")))))
                .isTrue();
        assertThat(holds(new Condition.Between(at("b"), literal(b("a")), literal(b("z")))))
                .isTrue();
    }

    @Test
    void betweenIsFalseForTypesThatDoNotFitAbsentAttributesAndCrossedEnds() {
        assertThat(holds(new Condition.Between(at("n"), literal(s("0")), literal(s("9")))))
                .isFalse();
        assertThat(holds(new Condition.Between(at("q"), literal(n(0)), literal(n(9)))))
                .isFalse();
        assertThat(holds(new Condition.Between(at("n"), at("q"), literal(n(9)))))
                .isFalse();
        assertThat(holds(new Condition.Between(at("n"), literal(n(9)), literal(n(1)))))
                .isFalse();
        assertThat(holds(new Condition.Between(at("n"), literal(n(1)), literal(s("z")))))
                .isFalse();
    }

    @Test
    void inIsTrueIfAnyCandidateIsEqual() {
        assertThat(holds(new Condition.In(at("n"), List.of(literal(s("5")), literal(n(5))))))
                .isTrue();
        assertThat(holds(new Condition.In(at("l[2]"), List.of(literal(list(n(3), n(4)))))))
                .isTrue();
        assertThat(holds(new Condition.In(at("n"), List.of(at("q"), at("m.x")))))
                .isFalse();
        assertThat(holds(new Condition.In(at("q"), List.of(at("q"), literal(n(5))))))
                .isFalse();
    }

    @Test
    void existenceIsToldOfNestedPaths() {
        for (String present : List.of("s", "z", "l[3]", "m.y.q[1]", "m.y.p")) {
            assertThat(holds(new Condition.AttributeExists(path(present))))
                    .as(present)
                    .isTrue();
            assertThat(holds(new Condition.AttributeNotExists(path(present))))
                    .as(present)
                    .isFalse();
        }
        for (String absent : List.of("q", "l[4]", "l.x", "m[0]", "m.y.q[2]", "m.y.p.r", "s.x", "s[0]", "ss[0]")) {
            assertThat(holds(new Condition.AttributeExists(path(absent))))
                    .as(absent)
                    .isFalse();
            assertThat(holds(new Condition.AttributeNotExists(path(absent))))
                    .as(absent)
                    .isTrue();
        }
    }

    @Test
    void attributeTypeTellsEveryTypeApart() {
        ONE_OF_EACH.forEach((type, value) -> {
            for (AttributeType asked : AttributeType.values()) {
                Condition condition = new Condition.HasType(path("a"), asked);
                assertThat(Conditions.test(condition, item("a", value))).isEqualTo(asked == type);
            }
        });
        assertThat(holds(new Condition.HasType(path("q"), AttributeType.NULL))).isFalse();
    }

    @Test
    void beginsWithTakesTextAndBinary() {
        assertThat(holds(new Condition.BeginsWith(at("s"), literal(s("hell"))))).isTrue();
        assertThat(holds(new Condition.BeginsWith(at("s"), literal(s(""))))).isTrue();
        assertThat(holds(new Condition.BeginsWith(at("s"), literal(s("ello"))))).isFalse();
        assertThat(holds(new Condition.BeginsWith(at("b"), literal(b("he"))))).isTrue();
        assertThat(holds(new Condition.BeginsWith(literal(s("hello there")), at("s"))))
                .isTrue();
    }

    @Test
    void beginsWithIsFalseForOtherTypesAndAbsentAttributes() {
        assertThat(holds(new Condition.BeginsWith(at("s"), literal(b("he"))))).isFalse();
        assertThat(holds(new Condition.BeginsWith(at("n"), literal(n(5))))).isFalse();
        assertThat(holds(new Condition.BeginsWith(at("l"), literal(list(n(2))))))
                .isFalse();
        assertThat(holds(new Condition.BeginsWith(at("q"), literal(s(""))))).isFalse();
        assertThat(holds(new Condition.BeginsWith(at("s"), at("q")))).isFalse();
    }

    @Test
    void containsFindsAPartOfTextAndBinary() {
        assertThat(holds(new Condition.Contains(at("s"), literal(s("ell"))))).isTrue();
        assertThat(holds(new Condition.Contains(at("s"), literal(s(""))))).isTrue();
        assertThat(holds(new Condition.Contains(at("s"), literal(s("world"))))).isFalse();
        assertThat(holds(new Condition.Contains(at("b"), literal(b("lo"))))).isTrue();
        assertThat(holds(new Condition.Contains(at("b"), literal(b("dog"))))).isFalse();
        assertThat(holds(new Condition.Contains(at("s"), literal(b("ell"))))).isFalse();
    }

    @Test
    void containsFindsAMemberOfASet() {
        assertThat(holds(new Condition.Contains(at("ss"), literal(s("dog"))))).isTrue();
        assertThat(holds(new Condition.Contains(at("ss"), literal(s("do"))))).isFalse();
        assertThat(holds(new Condition.Contains(at("ns"), literal(n("4.0"))))).isTrue();
        assertThat(holds(new Condition.Contains(at("bs"), literal(b("cat"))))).isTrue();
        assertThat(holds(new Condition.Contains(at("ss"), literal(ss("dog"))))).isFalse();
        assertThat(holds(new Condition.Contains(at("ns"), literal(s("4"))))).isFalse();
    }

    @Test
    void containsFindsAnElementOfAListWhateverItsType() {
        assertThat(holds(new Condition.Contains(at("l"), literal(n(2))))).isTrue();
        assertThat(holds(new Condition.Contains(at("l"), literal(list(n(3), n(4))))))
                .isTrue();
        assertThat(holds(new Condition.Contains(at("l"), literal(ss("y", "x")))))
                .isTrue();
        assertThat(holds(new Condition.Contains(at("l"), literal(n(3))))).isFalse();
    }

    @Test
    void containsIsFalseForWhatHoldsNothing() {
        assertThat(holds(new Condition.Contains(at("n"), literal(n(5))))).isFalse();
        assertThat(holds(new Condition.Contains(at("m"), literal(s("x"))))).isFalse();
        assertThat(holds(new Condition.Contains(at("q"), literal(s("x"))))).isFalse();
        assertThat(holds(new Condition.Contains(at("l"), at("q")))).isFalse();
    }

    @Test
    void sizeCountsByType() {
        assertSize("s", 5);
        assertSize("b", 5);
        assertSize("l", 4);
        assertSize("m", 2);
        assertSize("ss", 2);
        assertSize("ns", 2);
        assertSize("bs", 2);
        assertSize("m.y.q", 2);
    }

    @Test
    void sizeOfTextCountsUtf16CodeUnits() {
        Condition two = compare(Comparator.EQ, new Operand.Size(path("a")), literal(n(2)));
        assertThat(Conditions.test(two, item("a", s("éa")))).isTrue();
        assertThat(Conditions.test(two, item("a", s("\uD83D\uDE00")))).isTrue();
    }

    @Test
    void whatHasNoSizeIsAbsent() {
        for (String sizeless : List.of("n", "t", "z", "q")) {
            Operand size = new Operand.Size(path(sizeless));
            assertThat(holds(compare(Comparator.EQ, size, literal(n(1)))))
                    .as(sizeless)
                    .isFalse();
            assertThat(holds(compare(Comparator.GE, size, literal(n(0)))))
                    .as(sizeless)
                    .isFalse();
            assertThat(holds(compare(Comparator.NE, size, literal(n(1)))))
                    .as(sizeless)
                    .isTrue();
        }
    }

    @Test
    void logicalOperatorsCombine() {
        Condition yes = new Condition.AttributeExists(path("s"));
        Condition no = new Condition.AttributeExists(path("q"));
        assertThat(holds(new Condition.And(List.of(yes, yes)))).isTrue();
        assertThat(holds(new Condition.And(List.of(yes, no)))).isFalse();
        assertThat(holds(new Condition.Or(List.of(no, yes)))).isTrue();
        assertThat(holds(new Condition.Or(List.of(no, no)))).isFalse();
        assertThat(holds(new Condition.Not(no))).isTrue();
        assertThat(holds(new Condition.Not(new Condition.And(List.of(yes, new Condition.Not(yes))))))
                .isTrue();
        assertThat(holds(new Condition.And(List.of()))).isTrue();
        assertThat(holds(new Condition.Or(List.of()))).isFalse();
    }

    @Test
    void notOfAComparisonWithAnAbsentAttributeIsTrue() {
        assertThat(holds(new Condition.Not(compare(Comparator.LT, at("q"), literal(n(1))))))
                .isTrue();
    }

    private static void assertSize(String path, int size) {
        Operand operand = new Operand.Size(path(path));
        assertThat(holds(compare(Comparator.EQ, operand, literal(n(size)))))
                .as("size(%s)", path)
                .isTrue();
        assertThat(holds(compare(Comparator.LT, operand, literal(n(size)))))
                .as("size(%s)", path)
                .isFalse();
    }

    private static boolean holds(Condition condition) {
        return Conditions.test(condition, EACH);
    }

    private static Condition compare(Comparator comparator, Operand left, Operand right) {
        return new Condition.Compare(comparator, left, right);
    }

    private static Operand at(String path) {
        return new Operand.Path(path(path));
    }

    private static Operand literal(AttributeValue value) {
        return Operand.literal(value);
    }
}
