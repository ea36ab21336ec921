package io.tidemark.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private static final Duration INTERVAL = Duration.ofMillis(8);
    private static final long RECORD_BYTES = 200;
    private static final long MAX_BYTES = 100 * RECORD_BYTES;

    private final AtomicLong nanoTime = new AtomicLong();
    /** What is to run when the interval is over; the test runs it. */
    private final Queue<Runnable> timer = new ArrayDeque<>();

    private final GroupCommit commit = new GroupCommit(INTERVAL, MAX_BYTES, nanoTime::get, timer::add);
    private final List<Integer> sent = new ArrayList<>();
    private int appended;

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            int number = appended++;
            commit.append(RECORD_BYTES, () -> sent.add(number));
        }
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    /** As the timer would. */
    private void endInterval() {
        pass(INTERVAL);
        timer.remove().run();
    }

    private void assertThatEverythingIsSentInOrder() {
        assertThat(sent).hasSize(appended).isSorted();
    }

    @Test
    void appendsOfAFewCallersAreSentAtOnce() {
        for (int i = 0; i < 1_000; i++) {
            append(1);
            assertThatEverythingIsSentInOrder();
            pass(Duration.ofMillis(1));
        }
        assertThat(timer).isEmpty();
    }

    @Test
    void appendsThatComeFastAreSentTogether() {
        append(GroupCommit.MIN_GATHERED);
        assertThatEverythingIsSentInOrder();
        pass(INTERVAL);

        append(50);

        assertThat(sent).hasSize(GroupCommit.MIN_GATHERED);
        endInterval();
        assertThatEverythingIsSentInOrder();
    }

    @Test
    void gatheringGoesOnWhileAppendsComeFastAndThenEnds() {
        append(GroupCommit.MIN_GATHERED);
        pass(INTERVAL);
        append(GroupCommit.MIN_GATHERED);
        endInterval();
        append(1);
        assertThat(sent).hasSize(appended - 1);

        endInterval();
        assertThatEverythingIsSentInOrder();

        append(1);
        assertThatEverythingIsSentInOrder();
        assertThat(timer).isEmpty();
    }

    @Test
    void aPauseAfterABurstMakesNobodyWait() {
        append(GroupCommit.MIN_GATHERED);
        pass(INTERVAL.multipliedBy(2));

        append(1);

        assertThatEverythingIsSentInOrder();
    }

    @Test
    void whatFillsABatchIsSentWithoutWaiting() {
        append(GroupCommit.MIN_GATHERED);
        pass(INTERVAL);

        append(100);

        assertThatEverythingIsSentInOrder();
    }

    @Test
    void closingSendsWhatWaits() {
        append(GroupCommit.MIN_GATHERED);
        pass(INTERVAL);
        append(3);
        timer.clear();

        commit.close();

        assertThatEverythingIsSentInOrder();
        append(1);
        assertThatEverythingIsSentInOrder();
    }

    @Test
    void withoutAnIntervalEachIsSentAtOnce() {
        GroupCommit atOnce = new GroupCommit(Duration.ZERO, MAX_BYTES, nanoTime::get, timer::add);
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            atOnce.append(RECORD_BYTES, () -> sent.add(number));
            assertThat(sent).hasSize(i + 1);
            pass(Duration.ofNanos(1_000));
        }
    }
}
