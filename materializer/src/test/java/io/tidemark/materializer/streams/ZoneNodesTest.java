package io.tidemark.materializer.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.embedded.BrokersConfig;
import io.tidemark.embedded.EmbeddedBrokers;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.node.NodeReply.ReplicaState;
import io.tidemark.schema.node.NodeReply.ReplicaStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes share one zone while writes go on. Most of the time they wait, so other tests run meanwhile. */
@Execution(ExecutionMode.CONCURRENT)
class ZoneNodesTest {
    private static final int SHARDS = 4;
    /** A node that joins gets its first shards when the nodes confer the next time, a minute later. */
    private static final Duration TAKE_OVER_LIMIT = Duration.ofSeconds(150);

    private static final Duration STALL_LIMIT = Duration.ofSeconds(8);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before the first test
    static Path directory;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static EmbeddedBrokers brokers;

    @BeforeAll
    static void startBrokers() {
        brokers = EmbeddedBrokers.start(BrokersConfig.inDirectory(directory.resolve("kafka")));
    }

    @AfterAll
    static void stopBrokers() {
        brokers.close();
    }

    private static List<ShardId> shards() {
        return IntStream.range(0, SHARDS).mapToObj(ShardId::new).toList();
    }

    private static long serving(ZoneApplication application) {
        return application.statuses().stream()
                .filter(status -> status.state() == ReplicaState.SERVING)
                .count();
    }

    /** Writes to every shard, and measures for how long each was served by no node. */
    private static final class Watch implements AutoCloseable {
        private static final Duration INTERVAL = Duration.ofMillis(20);

        private final TestZones zones;
        private final List<ZoneApplication> nodes = new CopyOnWriteArrayList<>();
        private final Map<ShardId, Long> lastServedNanos = new TreeMap<>();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final List<Throwable> failures = new CopyOnWriteArrayList<>();
        private final Thread thread;
        private long writes;
        private volatile long longestStallNanos;

        Watch(TestZones zones, ZoneApplication first) {
            this.zones = zones;
            nodes.add(first);
            shards().forEach(shard -> lastServedNanos.put(shard, System.nanoTime()));
            thread = Thread.ofPlatform().name("writes").start(this::run);
        }

        private void run() {
            try {
                while (!stopped.get()) {
                    for (ShardId shard : shards()) {
                        Lsn end =
                                zones.append(shard, zones.records(shard).put("key " + writes % 100, "text " + writes));
                        writes++;
                        look(shard, end);
                    }
                    Thread.sleep(INTERVAL);
                }
            } catch (InterruptedException | RuntimeException e) {
                failures.add(e);
            }
        }

        /** Served is a shard where a node has applied what was written to it a moment ago. */
        private void look(ShardId shard, Lsn end) {
            long now = System.nanoTime();
            boolean served = nodes.stream()
                    .flatMap(node -> node.statuses().stream())
                    .filter(status -> status.shard().equals(shard) && status.state() == ReplicaState.SERVING)
                    .map(ReplicaStatus::nextLsn)
                    .anyMatch(next -> next.offset() >= end.offset() - 2);
            longestStallNanos = Math.max(longestStallNanos, now - lastServedNanos.get(shard));
            if (served) {
                lastServedNanos.put(shard, now);
            }
        }

        /** Since it was asked last. */
        Duration longestStall() {
            long longest = longestStallNanos;
            longestStallNanos = 0;
            return Duration.ofNanos(longest);
        }

        @Override
        public void close() throws InterruptedException {
            stopped.set(true);
            thread.join();
            assertThat(failures).isEmpty();
        }
    }

    /** With less in a shard than a node may lack of it and still be given it at once, and with more. */
    @ParameterizedTest(name = "{0} records")
    @ValueSource(ints = {500, StreamsProperties.ACCEPTABLE_LAG_RECORDS + 2_000})
    void aNodeThatJoinsTakesOverShardsWhileWritesGoOn(int records) throws InterruptedException {
        try (TestZones zones =
                new TestZones("joined-" + records, brokers, directory.resolve("zones-" + records), SHARDS)) {
            List<Lsn> ends = new ArrayList<>();
            for (ShardId shard : shards()) {
                ends.add(zones.append(shard, zones.records(shard).items(records, 50)));
            }
            ZoneApplication first = zones.start("a", "a1", new ListenerRecorder());
            for (ShardId shard : shards()) {
                TestZones.awaitApplied(first, shard, ends.get(shard.value()));
            }
            try (Watch watch = new Watch(zones, first)) {
                await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
                assertThat(watch.longestStall()).isLessThan(STALL_LIMIT);

                ZoneApplication second = zones.start("a", "a2", new ListenerRecorder());
                watch.nodes.add(second);
                await().atMost(TAKE_OVER_LIMIT)
                        .until(() -> serving(second) == SHARDS / 2 && serving(first) == SHARDS / 2);
                assertThat(watch.longestStall()).as("while it joined").isLessThan(STALL_LIMIT);

                watch.nodes.remove(second);
                zones.stop("a2");
                await().atMost(TestZones.PATIENCE).until(() -> serving(first) == SHARDS);
                await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
                assertThat(watch.longestStall()).as("while it left").isLessThan(STALL_LIMIT);
            }
            for (ShardId shard : shards()) {
                Lsn barrier = zones.barrier(shard);
                assertThat(zones.digestAt(first, shard, barrier).nextLsn()).isEqualTo(barrier.next());
            }
        }
    }
}
