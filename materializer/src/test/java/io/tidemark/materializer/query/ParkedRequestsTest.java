package io.tidemark.materializer.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import io.tidemark.materializer.core.Transition;
import io.tidemark.materializer.streams.Gathering;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.node.NodeException;
import io.tidemark.schema.node.NodeException.Kind;
import io.tidemark.schema.node.NodeReply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParkedRequestsTest {
    private static final ShardId SHARD = new ShardId(0);
    private static final Outcome OUTCOME = new Outcome.Acknowledged();
    private static final int MAX_PARKED = 64;

    private final Timer timer = new HashedWheelTimer(1, TimeUnit.MILLISECONDS);
    private final ExecutorService completions = Executors.newFixedThreadPool(2);
    private final Gathering gathering = new Gathering(Duration.ofDays(1));
    private final ParkedRequests parked = new ParkedRequests(MAX_PARKED, gathering, completions, timer);

    @AfterEach
    void close() {
        timer.stop();
        completions.shutdownNow();
    }

    /** Few ids, many threads: whoever parks is answered exactly once, whatever else happens at that moment. */
    @Test
    void everyWaiterIsAnsweredOnceWhateverHappensAtTheSameTime() throws Exception {
        List<CompletableFuture<NodeReply>> replies = new CopyOnWriteArrayList<>();
        int threads = 6;
        CountDownLatch done = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            SplittableRandom random = new SplittableRandom(i);
            Thread.ofPlatform().start(() -> {
                for (int n = 0; n < 400; n++) {
                    act(random, replies);
                }
                done.countDown();
            });
        }
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        parked.close();
        for (CompletableFuture<NodeReply> reply : replies) {
            assertThat(reply.handle((value, failure) ->
                                    failure == null || ((NodeException) failure).kind() == Kind.TIMEOUT)
                            .get(10, TimeUnit.SECONDS))
                    .isTrue();
        }
        assertThat(replies).hasSizeGreaterThan(500);
        assertThat(parked.count()).as("places still taken").isZero();
        assertThat(parked.isEmpty()).isTrue();
        assertRecordsGather();
    }

    private void assertRecordsGather() throws InterruptedException {
        long seen = gathering.pause(0);
        Future<Long> pause = completions.submit(() -> gathering.pause(seen));
        assertThat(pause).as("the pause of a thread for which nobody waits").failsWithin(Duration.ofMillis(100));
    }

    @Test
    void recordsDoNotGatherWhileAWriteWaits() throws Exception {
        ParkedRequests.Waiter waiter = parked.park(SHARD, new RequestId(1, 1), Duration.ofMinutes(1));
        long seen = gathering.pause(0);
        assertThat(gathering.pause(seen)).isEqualTo(seen);
        waiter.fail(Kind.TIMEOUT, "the append failed");
        assertRecordsGather();
    }

    private void act(SplittableRandom random, List<CompletableFuture<NodeReply>> replies) {
        RequestId id = new RequestId(0, random.nextInt(5));
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3, 4, 5 -> {
                try {
                    Duration deadline = Duration.ofMillis(random.nextInt(4) == 0 ? 1 : 60_000);
                    ParkedRequests.Waiter waiter = parked.park(SHARD, id, deadline);
                    replies.add(waiter.reply());
                    if (random.nextInt(5) == 0) {
                        waiter.fail(Kind.TIMEOUT, "the append failed");
                    }
                } catch (NodeException full) {
                    assertThat(full.kind()).isEqualTo(Kind.OVERLOADED);
                }
            }
            case 6, 7, 8 ->
                parked.complete(SHARD, List.of(applied(id, 0), applied(new RequestId(0, random.nextInt(5)), 1)));
            default -> parked.failShard(random.nextBoolean() ? SHARD : new ShardId(1), "moved");
        }
    }

    @Test
    void anAnswerIsForItsShardAndItsIdAlone() throws Exception {
        RequestId id = new RequestId(1, 1);
        ParkedRequests.Waiter waiter = parked.park(SHARD, id, Duration.ofMinutes(1));
        parked.complete(new ShardId(1), List.of(applied(id, 0)));
        parked.complete(SHARD, List.of(applied(new RequestId(1, 2), 0)));
        parked.failShard(new ShardId(1), "moved");
        assertThat(waiter.reply()).isNotDone();
        parked.complete(SHARD, List.of(applied(id, 9)));
        assertThat(waiter.reply().get(10, TimeUnit.SECONDS)).isEqualTo(new NodeReply.Written(new Lsn(9), OUTCOME));
    }

    @Test
    void recordsThatAreAppliedTogetherAnswerEachWithItsOwnOutcome() throws Exception {
        RequestId first = new RequestId(1, 1);
        RequestId second = new RequestId(1, 2);
        ParkedRequests.Waiter firstWaiter = parked.park(SHARD, first, Duration.ofMinutes(1));
        ParkedRequests.Waiter retryOfFirst = parked.park(SHARD, first, Duration.ofMinutes(1));
        ParkedRequests.Waiter secondWaiter = parked.park(SHARD, second, Duration.ofMinutes(1));
        parked.complete(SHARD, List.of(applied(first, 5), applied(new RequestId(7, 7), 6), applied(second, 7)));
        NodeReply firstReply = new NodeReply.Written(new Lsn(5), OUTCOME);
        assertThat(firstWaiter.reply().get(10, TimeUnit.SECONDS)).isEqualTo(firstReply);
        assertThat(retryOfFirst.reply().get(10, TimeUnit.SECONDS)).isEqualTo(firstReply);
        assertThat(secondWaiter.reply().get(10, TimeUnit.SECONDS))
                .isEqualTo(new NodeReply.Written(new Lsn(7), OUTCOME));
        assertThat(parked.count()).as("places still taken").isZero();
    }

    private static Transition applied(RequestId id, long offset) {
        return new Transition(new Lsn(offset), 0, List.of(), Optional.of(id), new Lsn(offset), OUTCOME);
    }
}
