package io.tidemark.materializer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class SubstringsTest {
    @Test
    void findsWhatTheObviousSearchFinds() {
        long seed = 20_260_101;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            String text = letters(random, random.nextInt(20));
            String part = letters(random, random.nextInt(6));
            assertThat(Substrings.contains(bytes(text), bytes(part)))
                    .as("seed %s: '%s' in '%s'", seed, part, text)
                    .isEqualTo(text.contains(part));
        }
    }

    @Test
    void findsTextBeyondTheSizeOfTheObviousSearch() {
        String text = "漢字é".repeat(2_000) + "𝔘 and the end";
        String part = "字é".concat("漢字é".repeat(1_000)) + "𝔘 and";
        assertThat(Substrings.contains(text, part)).isTrue();
        assertThat(Substrings.contains(text, part + "!")).isFalse();
    }

    @Test
    void isFastOnTextThatRepeatsItself() {
        String text = "a".repeat(400_000);
        String part = "a".repeat(200_000) + "b";
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(Substrings.contains(text, part)).isFalse());
    }

    private static String letters(SplittableRandom random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(2)));
        }
        return text.toString();
    }

    private static Bytes bytes(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
