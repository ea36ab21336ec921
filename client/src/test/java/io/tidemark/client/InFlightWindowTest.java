package io.tidemark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InFlightWindowTest {
    private static final Duration LATE = Duration.ofMillis(500);
    private static final Duration PLENTY = Duration.ofSeconds(30);
    private static final long IN_TIME_NANOS = 1_000_000;

    private final AtomicLong clock = new AtomicLong();
    private final InFlightWindow window = new InFlightWindow(100, LATE, clock::get);

    /** As many as there is room for, all answered after {@code tookNanos}. */
    private void round(long tookNanos) throws InterruptedException {
        int size = window.size();
        for (int i = 0; i < size; i++) {
            assertThat(window.enter(PLENTY)).isTrue();
        }
        clock.addAndGet(tookNanos);
        for (int i = 0; i < size; i++) {
            window.leave(tookNanos);
        }
    }

    @Test
    void itDoublesWithEachRoundOfAnswersUpToItsGreatestSize() throws Exception {
        assertThat(window.size()).isEqualTo(InFlightWindow.LEAST);
        round(IN_TIME_NANOS);
        assertThat(window.size()).isEqualTo(2 * InFlightWindow.LEAST);
        for (int i = 0; i < 10; i++) {
            round(IN_TIME_NANOS);
        }
        assertThat(window.size()).isEqualTo(100);
    }

    @Test
    void aRoundOfLateAnswersHalvesItOnceAndThenItGrowsByOneARound() throws Exception {
        for (int i = 0; i < 10; i++) {
            round(IN_TIME_NANOS);
        }
        round(LATE.toNanos() + 1);
        assertThat(window.size()).isEqualTo(50);
        round(IN_TIME_NANOS);
        round(IN_TIME_NANOS);
        assertThat(window.size()).isBetween(51, 52);
    }

    @Test
    void itNeverShrinksToNothing() throws Exception {
        for (int i = 0; i < 20; i++) {
            round(2 * LATE.toNanos());
        }
        assertThat(window.size()).isEqualTo(InFlightWindow.LEAST);
        assertThat(new InFlightWindow(3, LATE, clock::get).size()).isEqualTo(3);
    }

    @Test
    void whoFindsNoRoomWaitsForAnAnswer() throws Exception {
        InFlightWindow own = new InFlightWindow(1, LATE, System::nanoTime);
        assertThat(own.enter(PLENTY)).isTrue();
        assertThat(own.enter(Duration.ofMillis(20))).isFalse();
        assertThat(own.awaitEmpty(Duration.ofMillis(20))).isFalse();
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<Boolean> waiting = other.submit(() -> own.enter(PLENTY));
            own.leave(IN_TIME_NANOS);
            assertThat(waiting.get(30, TimeUnit.SECONDS)).isTrue();
            Future<Boolean> empty = other.submit(() -> own.awaitEmpty(PLENTY));
            own.leave(IN_TIME_NANOS);
            assertThat(empty.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aWindowWithoutRoomOrTimeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new InFlightWindow(0, LATE, clock::get));
        assertThatIllegalArgumentException().isThrownBy(() -> new InFlightWindow(1, Duration.ZERO, clock::get));
    }
}
