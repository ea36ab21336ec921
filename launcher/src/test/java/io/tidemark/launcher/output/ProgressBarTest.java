package io.tidemark.launcher.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final AtomicLong nanos = new AtomicLong();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private ProgressBar bar(boolean interactive, long total) {
        PrintStream err = new PrintStream(written, true, StandardCharsets.UTF_8);
        return new ProgressBar(new Terminal(err, err, interactive), "load", total, "items", nanos::get);
    }

    @Test
    void aBarShowsShareRateAndTheTimeLeft() {
        ProgressBar bar = bar(true, 400);
        nanos.set(10_000_000_000L);

        bar.set(100);

        assertThat(written.toString(StandardCharsets.UTF_8))
                .startsWith("\r")
                .contains(" 25%")
                .contains("100 of 400 items")
                .contains("10/s")
                .contains("0:30 left");
    }

    @Test
    void theTimeLeftFollowsWhatWasDoneLately() {
        ProgressBar bar = bar(true, 10_000);
        for (int second = 1; second <= 60; second++) {
            nanos.set(second * 1_000_000_000L);
            bar.add(second <= 30 ? 1 : 100);
        }

        assertThat(bar.line())
                .contains("3,030 of 10,000 items")
                .contains("100/s")
                .contains("1:10 left");
        assertThat(bar.rate()).isEqualTo(50.5);
    }

    @Test
    void withoutATerminalALineComesEveryFiveSecondsAtMost() {
        ProgressBar bar = bar(false, 400);
        for (int second = 1; second <= 12; second++) {
            nanos.set(second * 1_000_000_000L);
            bar.add(1);
        }

        assertThat(written.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .allMatch(line -> !line.contains("\u001b"));
    }

    @Test
    void aTotalThatIsNotKnownGivesNoShare() {
        ProgressBar bar = bar(true, 0);
        nanos.set(1_000_000_000L);

        bar.set(7);

        assertThat(bar.line()).isEqualTo("  load  7 items  7/s");
    }
}
