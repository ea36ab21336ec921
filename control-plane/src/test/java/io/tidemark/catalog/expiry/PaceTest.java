package io.tidemark.catalog.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private long nanos = 1_000;

    private final Pace pace = new Pace(() -> nanos);

    @Test
    void workThatTookLessThanItsTimeIsFollowedByTheRestOfIt() {
        advance(Duration.ofMillis(30));
        assertThat(pace.spend(0.1)).isEqualTo(Duration.ofMillis(70));
    }

    @Test
    void waitsThatWereNotTakenAddUp() {
        assertThat(pace.spend(0.5)).isEqualTo(Duration.ofMillis(500));
        assertThat(pace.spend(0.5)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void slownessIsNotMadeUpFor() {
        advance(Duration.ofMinutes(5));
        assertThat(pace.spend(0.1)).isZero();
        assertThat(pace.spend(0.1)).isEqualTo(Duration.ofMillis(100));
    }

    private void advance(Duration duration) {
        nanos += duration.toNanos();
    }
}
