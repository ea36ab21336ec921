package io.tidemark.router.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tidemark.schema.expression.AttributeType;
import io.tidemark.schema.expression.Comparator;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.Operand;
import io.tidemark.schema.value.AttributeValue;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionTreeTest {
    private static final Operand A = Operand.path("a");
    private static final Operand B = Operand.path("b");
    private static final Operand S = Operand.literal(Given.value(":s"));
    private static final Operand N = Operand.literal(Given.value(":n"));
    private static final Operand N2 = Operand.literal(Given.value(":n2"));
    private static final Condition A_IS_S = new Condition.Compare(Comparator.EQ, A, S);
    private static final Condition B_IS_N = new Condition.Compare(Comparator.EQ, B, N);
    private static final Condition A_EXISTS = new Condition.AttributeExists(DocumentPath.of("a"));

    private final Expressions expressions = new Expressions(1 << 20);

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aTextBecomesItsTree(String text, Condition tree) {
        assertThat(expressions.condition(text, Given.placeholders())).isEqualTo(tree);
        assertThat(expressions.filter(text, Given.placeholders())).isEqualTo(tree);
    }

    static Stream<Arguments> aTextBecomesItsTree() {
        DocumentPath deep = new DocumentPath(List.of(
                new DocumentPath.Attribute("a"),
                new DocumentPath.Attribute("b"),
                new DocumentPath.Index(2),
                new DocumentPath.Attribute("c")));
        return Stream.of(
                arguments("a = :s", A_IS_S),
                arguments("a=:s", A_IS_S),
                arguments(" \t\r\n a \n= :s ", A_IS_S),
                arguments("#a = :s", A_IS_S),
                arguments("(a) = (:s)", A_IS_S),
                arguments("(a = :s)", A_IS_S),
                arguments("((a) = :s)", A_IS_S),
                arguments("a <> :n", new Condition.Compare(Comparator.NE, A, N)),
                arguments("a < :n", new Condition.Compare(Comparator.LT, A, N)),
                arguments("a <= :n", new Condition.Compare(Comparator.LE, A, N)),
                arguments("a > :n", new Condition.Compare(Comparator.GT, A, N)),
                arguments("a >= :n", new Condition.Compare(Comparator.GE, A, N)),
                arguments(":n >= b", new Condition.Compare(Comparator.GE, N, B)),
                arguments("a = b", new Condition.Compare(Comparator.EQ, A, B)),
                arguments("a.b[2].c = :s", new Condition.Compare(Comparator.EQ, new Operand.Path(deep), S)),
                arguments("#a . #b [ 2 ] . c = :s", new Condition.Compare(Comparator.EQ, new Operand.Path(deep), S)),
                arguments("#dot = :s", new Condition.Compare(Comparator.EQ, Operand.path("x.y"), S)),
                arguments("A_1x = :s", new Condition.Compare(Comparator.EQ, Operand.path("A_1x"), S)),
                arguments("a between :n and :n2", new Condition.Between(A, N, N2)),
                arguments("a BetWeen :n aNd :n2", new Condition.Between(A, N, N2)),
                arguments("(a)between(:n)and(:n2)", new Condition.Between(A, N, N2)),
                arguments("a between b and :n2", new Condition.Between(A, B, N2)),
                arguments("a IN (:s, :n, b)", new Condition.In(A, List.of(S, N, B))),
                arguments("a in(:s)", new Condition.In(A, List.of(S))),
                arguments("attribute_exists(a)", A_EXISTS),
                arguments("(attribute_exists((a)))", A_EXISTS),
                arguments("attribute_not_exists(a.b[2].c)", new Condition.AttributeNotExists(deep)),
                arguments("attribute_type(a, :type)", new Condition.HasType(DocumentPath.of("a"), AttributeType.SS)),
                arguments("attribute_type(:ss, :type)", new Condition.And(List.of())),
                arguments("attribute_type(:s, :type)", new Condition.Or(List.of())),
                arguments("attribute_type(size(a), :type)", new Condition.Or(List.of())),
                arguments("begins_with(a, :s)", new Condition.BeginsWith(A, S)),
                arguments("begins_with(:s, a)", new Condition.BeginsWith(S, A)),
                arguments("contains(a, :n)", new Condition.Contains(A, N)),
                arguments(
                        "size(a) > :n",
                        new Condition.Compare(Comparator.GT, new Operand.Size(DocumentPath.of("a")), N)),
                arguments("(size((a.b[2].c))) > :n", new Condition.Compare(Comparator.GT, new Operand.Size(deep), N)),
                arguments(
                        "size(:s) = a",
                        new Condition.Compare(Comparator.EQ, Operand.literal(AttributeValue.N.of(3)), A)),
                arguments("NOT a = :s", new Condition.Not(A_IS_S)),
                arguments("not not a = :s", new Condition.Not(new Condition.Not(A_IS_S))),
                arguments("NOT (a = :s)", new Condition.Not(A_IS_S)),
                arguments("a = :s AND b = :n", new Condition.And(List.of(A_IS_S, B_IS_N))),
                arguments("a = :s or b = :n", new Condition.Or(List.of(A_IS_S, B_IS_N))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void notBindsCloserThanAndAndAndCloserThanOr(String text, Condition tree) {
        assertThat(expressions.condition(text, Given.placeholders())).isEqualTo(tree);
    }

    static Stream<Arguments> notBindsCloserThanAndAndAndCloserThanOr() {
        return Stream.of(
                arguments(
                        "a = :s OR b = :n AND attribute_exists(a)",
                        new Condition.Or(List.of(A_IS_S, new Condition.And(List.of(B_IS_N, A_EXISTS))))),
                arguments(
                        "(a = :s OR b = :n) AND attribute_exists(a)",
                        new Condition.And(List.of(new Condition.Or(List.of(A_IS_S, B_IS_N)), A_EXISTS))),
                arguments("NOT a = :s AND b = :n", new Condition.And(List.of(new Condition.Not(A_IS_S), B_IS_N))),
                arguments(
                        "a = :s AND b between :n and :n2 AND attribute_exists(a)",
                        new Condition.And(List.of(A_IS_S, new Condition.Between(B, N, N2), A_EXISTS))));
    }
}
