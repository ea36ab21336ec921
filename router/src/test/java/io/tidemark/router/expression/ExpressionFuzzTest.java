package io.tidemark.router.expression;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tidemark.router.error.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a text is, it is an expression or its fault is told. */
class ExpressionFuzzTest {
    private final Expressions expressions = new Expressions(1 << 20);

    static Stream<byte[]> texts() {
        return Stream.of(
                        "a = :s AND NOT (#b.c[12] <> :n OR size(b) >= :n2)",
                        "a BETWEEN :n AND :n2 or b in (:s, :ss,:m)",
                        "attribute_exists(a) and attribute_not_exists(#a) and attribute_type(a, :type)",
                        "begins_with(a, :s) And contains(b, :b) and :n < c",
                        "SET a = a + :n, b = if_not_exists(#b, :l), c = list_append(:l, d), #c[0] = :m - e REMOVE f, g[3]",
                        "ADD a :n, b :ns DELETE c :ss",
                        "#a.#b[0].c, x, #d",
                        "a = :s and b between :n and :n2",
                        "((a = :s))")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("texts")
    @FuzzTest
    void aTextIsReadOrRefused(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        attempt(() -> expressions.condition(text, Given.placeholders()));
        attempt(() -> expressions.update(text, Given.placeholders()));
        attempt(() -> expressions.projection(text, Given.placeholders()));
        attempt(() -> expressions.keyCondition(text, Given.placeholders()).predicates());
    }

    private static void attempt(Runnable read) {
        try {
            read.run();
        } catch (ApiException refused) {
            // What the client is told.
        }
    }
}
