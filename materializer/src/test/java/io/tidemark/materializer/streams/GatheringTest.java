package io.tidemark.materializer.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GatheringTest {
    /** Nobody sits out such a pause: a test that waits for its end fails by its time limit. */
    private static final Duration ENDLESS = Duration.ofDays(1);

    private final ExecutorService poller = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        poller.shutdownNow();
    }

    @Test
    void pausesWhileNobodyWaits() throws Exception {
        long before = System.nanoTime();
        new Gathering(Duration.ofMillis(20)).pause(0);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(20));
    }

    @Test
    void whoeverWaitsIsNotKeptWaiting() throws Exception {
        Gathering gathering = new Gathering(ENDLESS);
        gathering.arrive();
        long seen = gathering.pause(0);
        assertThat(gathering.pause(seen)).isEqualTo(seen);
    }

    @Test
    void goesOnOnceMoreAfterTheLastHasGone() throws Exception {
        Gathering gathering = new Gathering(ENDLESS);
        gathering.arrive();
        gathering.depart(1);
        long seen = gathering.pause(0);
        Future<Long> paused = poller.submit(() -> gathering.pause(seen));
        assertThat(paused).failsWithin(Duration.ofMillis(100));
    }

    /** Wherever the arrival falls, before the pause, on its edge or in it. */
    @Test
    void whoeverComesEndsThePause() throws Exception {
        Gathering gathering = new Gathering(ENDLESS);
        long seen = 0;
        for (int round = 0; round < 20_000; round++) {
            long last = seen;
            Future<Long> paused = poller.submit(() -> gathering.pause(last));
            for (int spin = 0; spin < round % 200; spin++) {
                Thread.onSpinWait();
            }
            gathering.arrive();
            seen = paused.get(30, TimeUnit.SECONDS);
            gathering.depart(1);
        }
    }
}
