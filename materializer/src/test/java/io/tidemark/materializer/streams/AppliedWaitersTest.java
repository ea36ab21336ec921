package io.tidemark.materializer.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AppliedWaitersTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicLong applied = new AtomicLong(10);
    private final Gathering gathering = new Gathering(LONG);
    private final AppliedWaiters waiters = new AppliedWaiters(new ShardId(0), () -> new Lsn(applied.get()), gathering);

    @Test
    void whatIsAppliedAlreadyIsNotWaitedFor() {
        assertThat(await(10)).isCompleted();
        assertThat(await(11)).isNotDone();
    }

    @Test
    void waitersAreWokenByThePositionTheyWaitFor() {
        CompletableFuture<Void> later = await(13);
        CompletableFuture<Void> sooner = await(11);
        applyUpTo(11);
        assertThat(sooner).isCompleted();
        assertThat(later).isNotDone();
        applyUpTo(20);
        assertThat(later).isCompleted();
    }

    @Test
    void theDeadlineEndsTheWait() {
        CompletionStage<Void> late = waiters.await(new Lsn(11), Duration.ofMillis(30));
        assertThat(late)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOfSatisfying(NodeException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
                    assertThat(failure).hasMessageContaining("at LSN 10, not yet at 11");
                });
    }

    @Test
    void allFailWhenTheReplicaGoesAway() {
        CompletableFuture<Void> waiting = await(11);
        waiters.fail(new NodeException(Kind.NOT_SERVING, "gone"));
        assertThat(waiting).isCompletedExceptionally();
    }

    @Test
    void theirNumberIsBounded() {
        for (int i = 0; i < AppliedWaiters.MAX_WAITERS; i++) {
            assertThat(await(11)).isNotDone();
        }
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> await(11).get())
                .havingCause()
                .isInstanceOfSatisfying(
                        NodeException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.OVERLOADED));
        applyUpTo(11);
        assertThat(await(12)).isNotDone();
    }

    /** A waiter that comes while the position passes must not be forgotten. */
    @Test
    void nobodyIsForgottenInARace() throws Exception {
        long last = 200_000;
        CompletableFuture<Void> owner = CompletableFuture.runAsync(() -> {
            while (applied.get() < last) {
                applied.incrementAndGet();
                waiters.advance(new Lsn(applied.get()));
            }
        });
        SplittableRandom random = new SplittableRandom(1);
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        while (!owner.isDone()) {
            waiting.add(await(Math.min(last, applied.get() + random.nextInt(4))));
            waiting.removeIf(CompletableFuture::isDone);
        }
        owner.get();
        assertThat(waiting).allSatisfy(future -> assertThat(future).succeedsWithin(Duration.ofSeconds(5)));
    }

    private void applyUpTo(long nextLsn) {
        applied.set(nextLsn);
        waiters.advance(new Lsn(nextLsn));
    }

    private CompletableFuture<Void> await(long nextLsn) {
        return waiters.await(new Lsn(nextLsn), LONG).toCompletableFuture();
    }
}
