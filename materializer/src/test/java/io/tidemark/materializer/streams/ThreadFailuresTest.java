package io.tidemark.materializer.streams;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ThreadFailuresTest {
    private Instant now = Instant.EPOCH;
    private final ThreadFailures failures = new ThreadFailures(() -> now);

    @Test
    void aThreadThatDiesNowAndThenIsReplaced() {
        for (int i = 0; i < 100; i++) {
            now = now.plus(ThreadFailures.WINDOW.dividedBy(ThreadFailures.MAX_REPLACEMENTS - 1));
            assertThat(failures.handle(new IllegalStateException("bad"))).isEqualTo(REPLACE_THREAD);
        }
        assertThat(failures.fault().toCompletableFuture()).isNotDone();
    }

    @Test
    void threadsThatKeepDyingEndTheApplication() {
        for (int i = 0; i < ThreadFailures.MAX_REPLACEMENTS; i++) {
            assertThat(failures.handle(new IllegalStateException("bad"))).isEqualTo(REPLACE_THREAD);
        }
        IllegalStateException last = new IllegalStateException("worse");
        assertThat(failures.handle(last)).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(failures.fault().toCompletableFuture()).isCompletedWithValue(last);
    }

    @Test
    void anErrorEndsTheApplicationAtOnce() {
        RuntimeException wrapped = new IllegalStateException(new OutOfMemoryError("heap"));
        assertThat(failures.handle(wrapped)).isEqualTo(SHUTDOWN_CLIENT);
    }
}
