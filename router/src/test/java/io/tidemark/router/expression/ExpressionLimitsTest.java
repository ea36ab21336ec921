package io.tidemark.router.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.router.error.ApiException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExpressionLimitsTest {
    private final Expressions expressions = new Expressions(1 << 20);

    @Test
    void aTextHasAtMost4096BytesOfUtf8() {
        String name = "a".repeat(4_096);

        assertThatCode(() -> expressions.projection(name, Placeholders.none())).doesNotThrowAnyException();
        assertThatThrownBy(() -> expressions.projection(name + "a", Placeholders.none()))
                .hasMessage("Invalid ProjectionExpression: Expression size has exceeded the maximum allowed size;");
        assertThatThrownBy(() -> expressions.condition("\u00e4".repeat(2_049), Placeholders.none()))
                .hasMessage("Invalid ConditionExpression: Expression size has exceeded the maximum allowed size;"
                        + " expression size: 4098");
    }

    @Test
    void inTakesAtMost100Candidates() {
        String candidates = ":s,".repeat(99) + ":s";

        assertThatCode(() -> expressions.condition("a in (" + candidates + ")", Given.placeholders()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> expressions.condition("a in (" + candidates + ",:s)", Given.placeholders()))
                .hasMessage("Invalid ConditionExpression: The IN operator is provided with too many operands;"
                        + " number of operands: 101");
    }

    @Test
    void anExpressionHasAtMost300OperatorsAndFunctions() {
        String tooMany = ": The expression contains too many operators; operator count: 301";
        String equal = "a=:s or ".repeat(149) + "a=:s";
        String sums = IntStream.range(0, 300).mapToObj(i -> "a" + i + "=b+c").collect(Collectors.joining(","));

        // 150 comparisons, joined by 149.
        assertThatCode(() -> expressions.filter("not " + equal, Given.placeholders()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> expressions.filter("not not " + equal, Given.placeholders()))
                .hasMessage("Invalid FilterExpression" + tooMany);
        assertThatCode(() -> expressions.filter("not ".repeat(299) + "a=:s", Given.placeholders()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> expressions.filter("not ".repeat(300) + "a=:s", Given.placeholders()))
                .hasMessage("Invalid FilterExpression" + tooMany);
        assertThatThrownBy(() -> expressions.filter("size(a)=:n or ".repeat(100) + "size(a)=:n", Given.placeholders()))
                .hasMessage("Invalid FilterExpression" + tooMany);
        assertThatCode(() -> expressions.update("set " + sums, Placeholders.none()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> expressions.update("set " + sums + ",d=b-c", Placeholders.none()))
                .hasMessage("Invalid UpdateExpression" + tooMany);
    }

    @Test
    void aPathHasAtMost32Levels() {
        String deepest = "a" + ".b".repeat(31);

        assertThatCode(() -> expressions.projection(deepest, Placeholders.none()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> expressions.projection(deepest + "[0]", Placeholders.none()))
                .hasMessage("Invalid ProjectionExpression: The document path has too many nesting levels;"
                        + " nesting levels: 33");
    }

    /** Each would take a stack frame, or a search, for every few characters. */
    static List<String> hostileTexts() {
        return List.of(
                "(".repeat(4_096),
                "(".repeat(2_047) + "a" + ")".repeat(2_048),
                "(".repeat(2_040) + "a = :s" + ")".repeat(2_040),
                "NOT ".repeat(1_000) + "a = :s",
                "NOT(".repeat(800) + "a = :s" + ")".repeat(800),
                "size(".repeat(680) + "a" + ")".repeat(680) + " = :s",
                "a".repeat(4_000) + " = :s",
                "a.".repeat(2_000) + "a = :s",
                "a" + "[0]".repeat(1_300) + " = :s",
                "a = :s AND ".repeat(370) + "a = :s",
                "(a = :s AND ".repeat(313) + "a = :s" + ")".repeat(313),
                "a in (" + ":s,".repeat(1_300) + ":s)",
                "SET a = " + "(".repeat(2_000) + "b" + ")".repeat(2_000),
                "SET a = " + "if_not_exists(b,".repeat(240) + ":s" + ")".repeat(240),
                "REMOVE " + "a,".repeat(2_000) + "a",
                "a,".repeat(2_000) + "a",
                "\ud83d\ude00".repeat(1_000),
                "\ud800".repeat(1_000),
                "\u0000".repeat(4_000),
                "<".repeat(4_096),
                ":".repeat(4_096),
                "9".repeat(4_096));
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    @Timeout(5)
    void noTextExhaustsTheStackOrTakesLong(String text) throws InterruptedException {
        Throwable[] failure = new Throwable[1];
        Runnable reading = () -> {
            attempt(() -> expressions.condition(text, Given.placeholders()));
            attempt(() -> expressions.update(text, Given.placeholders()));
            attempt(() -> expressions.projection(text, Given.placeholders()));
            attempt(() -> expressions.keyCondition(text, Given.placeholders()).predicates());
        };
        // Half of what the threads of a server have.
        Thread reader = new Thread(null, reading, "reader", 512 * 1_024);
        reader.setUncaughtExceptionHandler((thread, e) -> failure[0] = e);

        reader.start();
        reader.join(Duration.ofSeconds(4).toMillis());

        assertThat(reader.isAlive()).as("still reading").isFalse();
        assertThat(failure[0]).isNull();
    }

    private static void attempt(Runnable read) {
        try {
            read.run();
        } catch (ApiException e) {
            assertThat(e.message()).startsWith("Invalid ");
        }
    }
}
