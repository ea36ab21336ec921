package io.tidemark.archiver.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.archiver.object.FaultyStore;
import io.tidemark.archiver.object.MemoryObjectStore;
import io.tidemark.archiver.object.ObjectStore;
import io.tidemark.archiver.object.ObjectStoreException;
import io.tidemark.archiver.object.S3Credentials;
import io.tidemark.archiver.object.S3ObjectStore;
import io.tidemark.archiver.object.S3Settings;
import io.tidemark.embedded.EmbeddedS3;
import io.tidemark.embedded.HostAndPort;
import io.tidemark.embedded.S3Config;
import io.tidemark.log.Log;
import io.tidemark.log.MemoryLog;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.command.BarrierKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiverTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Log log = new MemoryLog(3, InstantSource.system());
    private final Random random = new Random(53);
    private final List<TestShard> shards = List.of(shard(0), shard(1), shard(2));

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void twoArchiversAtOnceLeaveOneUnbrokenChain() {
        ObjectStore store = new MemoryObjectStore();
        try (Archiver first = start(store, 7_000);
                Archiver second = start(store, 11_000)) {
            for (int round = 0; round < 40; round++) {
                for (TestShard shard : shards) {
                    shard.append(random.nextInt(200));
                    if (random.nextInt(4) == 0) {
                        shard.appendBarrier(BarrierKind.VERIFY);
                    }
                }
            }
            shards.forEach(shard -> shard.appendBarrier(BarrierKind.VERIFY));
            awaitArchived(first);
            awaitArchived(second);
        }

        shards.forEach(shard -> shard.assertArchivedCompletely(new Archive(store)));
    }

    @Test
    void anOutageOfTheStoreIsWaitedForAndNothingIsLost() {
        S3Credentials credentials = new S3Credentials("tidemark", "tidemark-secret");
        EmbeddedS3 server = startServer(HostAndPort.loopback(0), credentials);
        server.createBucket("archive");
        S3Settings settings = S3Settings.of(server.endpoint(), "archive", credentials);
        try (ObjectStore store = S3ObjectStore.open(settings);
                Archiver archiver = start(store, 100_000)) {
            appendEverywhere();
            awaitArchived(archiver);

            server.close();
            appendEverywhere();
            await().atMost(PATIENCE)
                    .until(() -> archiver.status().stream()
                            .allMatch(status -> status.state() instanceof ShardState.WaitingForStore));
            appendEverywhere();
            server = startServer(
                    HostAndPort.loopback(settings.endpoint().orElseThrow().getPort()), credentials);

            awaitArchived(archiver);
            await().atMost(PATIENCE)
                    .until(() -> archiver.status().stream()
                            .allMatch(status -> status.state() instanceof ShardState.Archiving));
            Archive archive = new Archive(store);
            shards.forEach(shard -> shard.assertArchivedCompletely(archive));
        } finally {
            server.close();
        }
    }

    @Test
    void anIdleArchiverIsClosedAtOnceAndAgain() {
        ObjectStore store = new MemoryObjectStore();
        Archiver archiver = start(store, 100_000);
        appendEverywhere();
        awaitArchived(archiver);
        Instant start = Instant.now();

        archiver.close();
        archiver.close();

        // It has not waited for its threads to be interrupted.
        assertThat(Duration.between(start, Instant.now())).isLessThan(Archiver.CLOSE_GRACE);
    }

    @Test
    void anArchiverWhoseStoreHangsIsClosedInTime() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch hanging = new CountDownLatch(3);
        Archiver archiver = start(
                new FaultyStore(new MemoryObjectStore()) {
                    @Override
                    public boolean putIfAbsent(String key, Bytes content) {
                        hanging.countDown();
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        throw new ObjectStoreException(ObjectStoreException.Kind.UNAVAILABLE, "interrupted");
                    }
                },
                100_000);
        appendEverywhere();
        await().atMost(PATIENCE).until(() -> hanging.getCount() == 0);
        Instant start = Instant.now();

        archiver.close();

        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }

    private EmbeddedS3 startServer(HostAndPort address, S3Credentials credentials) {
        return EmbeddedS3.start(new S3Config(
                directory,
                address,
                new io.tidemark.embedded.S3Credentials(credentials.accessKeyId(), credentials.secretAccessKey())));
    }

    private Archiver start(ObjectStore store, long segmentSizeBytes) {
        ArchiverSettings settings = new ArchiverSettings(
                segmentSizeBytes, Duration.ofMillis(500), Duration.ofMillis(10), Duration.ofMillis(300));
        return Archiver.start(
                log, store, settings, InstantSource.system(), new SplittableRandom(7), new SimpleMeterRegistry());
    }

    private void appendEverywhere() {
        for (TestShard shard : shards) {
            shard.append(50);
            shard.appendBarrier(BarrierKind.VERIFY);
        }
    }

    private void awaitArchived(Archiver archiver) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(archiver.status())
                        .extracting(ShardStatus::end)
                        .containsExactlyElementsOf(shards.stream()
                                .map(TestShard::end)
                                .map(Optional::of)
                                .toList()));
    }

    private TestShard shard(int shard) {
        return new TestShard(log, new ShardId(shard), random);
    }
}
