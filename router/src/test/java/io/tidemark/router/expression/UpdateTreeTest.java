package io.tidemark.router.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.Projection;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.expression.UpdateValue;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UpdateTreeTest {
    private static final DocumentPath A = DocumentPath.of("a");
    private static final DocumentPath B = DocumentPath.of("b");
    private static final DocumentPath DEEP = new DocumentPath(
            List.of(new DocumentPath.Attribute("a"), new DocumentPath.Index(0), new DocumentPath.Attribute("b")));
    private static final UpdateValue VALUE_OF_B = new UpdateValue.Path(B);
    private static final UpdateValue N = new UpdateValue.Literal(Given.value(":n"));
    private static final UpdateValue L = new UpdateValue.Literal(Given.value(":l"));

    private final Expressions expressions = new Expressions(1 << 20);

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aTextBecomesItsActionsInOrder(String text, List<UpdateAction> actions) {
        assertThat(expressions.update(text, Given.placeholders())).isEqualTo(new UpdateExpression(actions));
    }

    static Stream<Arguments> aTextBecomesItsActionsInOrder() {
        UpdateValue otherwise = new UpdateValue.IfNotExists(B, N);
        return Stream.of(
                arguments("SET a = :n", List.of(new UpdateAction.Set(A, N))),
                arguments("  sEt   a=:n  ", List.of(new UpdateAction.Set(A, N))),
                arguments("SET #a[0].#b = (:n)", List.of(new UpdateAction.Set(DEEP, N))),
                arguments("SET a = b", List.of(new UpdateAction.Set(A, VALUE_OF_B))),
                arguments("SET a = b + :n", List.of(new UpdateAction.Set(A, new UpdateValue.Plus(VALUE_OF_B, N)))),
                arguments("SET a = b-:n", List.of(new UpdateAction.Set(A, new UpdateValue.Minus(VALUE_OF_B, N)))),
                arguments(
                        "SET a = ((b) - (:n))", List.of(new UpdateAction.Set(A, new UpdateValue.Minus(VALUE_OF_B, N)))),
                arguments("SET a = if_not_exists(b, :n)", List.of(new UpdateAction.Set(A, otherwise))),
                arguments(
                        "SET a = if_not_exists(a, if_not_exists(b, :n))",
                        List.of(new UpdateAction.Set(A, new UpdateValue.IfNotExists(A, otherwise)))),
                arguments(
                        "SET a = if_not_exists(b, :n) + :n",
                        List.of(new UpdateAction.Set(A, new UpdateValue.Plus(otherwise, N)))),
                arguments(
                        "SET a = list_append(b, :l)",
                        List.of(new UpdateAction.Set(A, new UpdateValue.ListAppend(VALUE_OF_B, L)))),
                arguments("REMOVE a, b", List.of(new UpdateAction.Remove(A), new UpdateAction.Remove(B))),
                arguments("ADD a :n", List.of(new UpdateAction.Add(A, Given.value(":n")))),
                arguments("delete a :ss", List.of(new UpdateAction.Delete(A, Given.value(":ss")))),
                arguments(
                        "remove c set a = b, b = a add d.e :ns delete d.f :ss",
                        List.of(
                                new UpdateAction.Remove(DocumentPath.of("c")),
                                new UpdateAction.Set(A, VALUE_OF_B),
                                new UpdateAction.Set(B, new UpdateValue.Path(A)),
                                new UpdateAction.Add(path("d", "e"), Given.value(":ns")),
                                new UpdateAction.Delete(path("d", "f"), Given.value(":ss")))));
    }

    @Test
    void aProjectionIsItsPaths() {
        assertThat(expressions.projection("b, #a[0].b ,d.e", Given.placeholders()))
                .isEqualTo(new Projection(List.of(B, DEEP, path("d", "e"))));
    }

    private static DocumentPath path(String first, String second) {
        return new DocumentPath(List.of(new DocumentPath.Attribute(first), new DocumentPath.Attribute(second)));
    }
}
