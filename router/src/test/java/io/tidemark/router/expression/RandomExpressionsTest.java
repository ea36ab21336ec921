package io.tidemark.router.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ErrorType;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.UpdateExpression;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Texts made at random: sound ones mean what they were made of, damaged ones are read or refused. */
class RandomExpressionsTest {
    /** Run {@code -Dtidemark.seed=<seed>} to have a failing case first. */
    private static final long BASE_SEED = Long.getLong("tidemark.seed", 20_260_101L);

    private static final int CASES = 2_000;
    private static final int DAMAGES = 10;
    private static final String PIECES = " ()[].,=<>+-#:0aA_'\"\u00e4\ud83d\ude00\ud800\u0000\t/*";
    private static final String[] WORDS = {
        "AND",
        "or",
        "not",
        "between",
        "in",
        "set",
        "remove",
        "add",
        "delete",
        "size(",
        "((",
        "))",
        "a.b",
        "[0]",
        ":v",
        "#n",
        "attribute_exists(",
        "if_not_exists(",
        "list_append("
    };

    private final Expressions expressions = new Expressions(1 << 22);

    @Test
    void aSoundConditionMeansWhatItWasMadeOf() {
        repeat(random -> {
            RandomExpressions made = new RandomExpressions(random);
            RandomExpressions.Text<Condition> condition = made.condition();
            if (isShort(condition.text())) {
                assertThat(expressions.filter(condition.text(), made.placeholders()))
                        .as(condition.text())
                        .isEqualTo(condition.meaning());
            }
        });
    }

    @Test
    void aSoundUpdateMeansWhatItWasMadeOf() {
        repeat(random -> {
            RandomExpressions made = new RandomExpressions(random);
            RandomExpressions.Text<UpdateExpression> update = made.update();
            if (isShort(update.text())) {
                assertThat(expressions.update(update.text(), made.placeholders()))
                        .as(update.text())
                        .isEqualTo(update.meaning());
            }
        });
    }

    @Test
    void aDamagedTextIsReadOrRefused() {
        repeat(random -> {
            RandomExpressions made = new RandomExpressions(random);
            String text = random.nextBoolean()
                    ? made.condition().text()
                    : made.update().text();
            for (int i = 0; i < DAMAGES; i++) {
                text = damaged(random, text);
                readOrRefuse(text, made.placeholders());
            }
        });
    }

    private void readOrRefuse(String text, Placeholders placeholders) {
        attempt(() -> expressions.condition(text, placeholders));
        attempt(() -> expressions.update(text, placeholders));
        attempt(() -> expressions.projection(text, placeholders));
        attempt(() -> expressions.keyCondition(text, placeholders).predicates());
    }

    private static void attempt(Runnable read) {
        try {
            read.run();
        } catch (ApiException e) {
            assertThat(e.type()).isEqualTo(ErrorType.VALIDATION);
            assertThat(e.message()).isNotEmpty();
        }
    }

    private static String damaged(RandomGenerator random, String text) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(4));
        String piece = random.nextBoolean()
                ? WORDS[random.nextInt(WORDS.length)]
                : String.valueOf(PIECES.charAt(random.nextInt(PIECES.length())));
        return switch (random.nextInt(3)) {
            case 0 -> text.substring(0, at) + piece + text.substring(at);
            case 1 -> text.substring(0, at) + text.substring(end);
            default -> text.substring(0, at) + piece + text.substring(end);
        };
    }

    private static boolean isShort(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length <= SyntaxReader.MAX_TEXT_BYTES;
    }

    private static void repeat(Consumer<RandomGenerator> property) {
        for (long seed = BASE_SEED; seed < BASE_SEED + CASES; seed++) {
            try {
                property.accept(new SplittableRandom(seed));
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                throw new AssertionError("with -Dtidemark.seed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
