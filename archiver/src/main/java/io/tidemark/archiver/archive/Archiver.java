package io.tidemark.archiver.archive;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.archiver.object.ObjectStore;
import io.tidemark.log.Log;
import io.tidemark.schema.ShardId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives every shard of a log into a bucket, each on a thread of its own that sleeps while nothing is written. Several may
 * run at once on one log: they do the work twice, and leave one chain. Thread-safe.
 */
public final class Archiver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Archiver.class);
    /** For a request under way; then the threads are interrupted. */
    static final Duration CLOSE_GRACE = Duration.ofSeconds(3);
    /** For threads to end after they were interrupted. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final List<ShardArchiver> shards;
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch ended;

    private Archiver(List<ShardArchiver> shards) {
        this.shards = shards;
        this.ended = new CountDownLatch(shards.size());
    }

    /**
     * Starts at once, and waits for log and store in the background; see {@link
     * io.tidemark.archiver.object.BucketCheck} for what to try first.
     *
     * @param log stays the caller's to close, as does {@code store}; close the archiver before them
     * @param random for the jitter of retries
     */
    public static Archiver start(
            Log log,
            ObjectStore store,
            ArchiverSettings settings,
            InstantSource clock,
            SplittableGenerator random,
            MeterRegistry registry) {
        List<ShardArchiver> shards = new ArrayList<>();
        for (int shard = 0; shard < log.shardCount(); shard++) {
            shards.add(new ShardArchiver(new ShardId(shard), log, store, settings, clock, random.split(), registry));
        }
        Archiver archiver = new Archiver(List.copyOf(shards));
        archiver.startThreads();
        return archiver;
    }

    /** In the order of the shards. */
    public List<ShardStatus> status() {
        return shards.stream().map(ShardArchiver::status).toList();
    }

    /**
     * Stops within seconds. What is not stored yet is still in the log, and will be archived by the next archiver. Closing
     * again does nothing.
     */
    @Override
    public void close() {
        stop.countDown();
        shards.forEach(ShardArchiver::wakeup);
        if (!awaitEnd(CLOSE_GRACE)) {
            threads.forEach(Thread::interrupt);
            if (!awaitEnd(CLOSE_LIMIT)) {
                LOG.atWarn().log("A thread of the archiver has not ended; it ends with the process");
            }
        }
    }

    private void startThreads() {
        for (ShardArchiver shard : shards) {
            threads.add(Thread.ofPlatform()
                    .name("archiver-" + shard.status().shard())
                    .daemon()
                    .start(() -> run(shard)));
        }
    }

    private void run(ShardArchiver shard) {
        try (shard) {
            while (stop.getCount() > 0) {
                Duration pause = shard.step();
                if (!pause.isZero()) {
                    pause(pause);
                }
            }
        } catch (Error e) {
            LOG.atError()
                    .addKeyValue("shard", shard.status().shard())
                    .setCause(e)
                    .log("The archiver's thread has died");
            shard.died(e);
            throw e;
        } finally {
            ended.countDown();
        }
    }

    private void pause(Duration duration) {
        try {
            // Ends early when the archiver is closed.
            boolean stopped = stop.await(duration.toMillis(), TimeUnit.MILLISECONDS);
            LOG.atTrace().addKeyValue("stopped", stopped).log("Paused");
        } catch (InterruptedException e) {
            // Only close interrupts, and it has said so already.
            LOG.atTrace().log("Interrupted");
        }
    }

    private boolean awaitEnd(Duration limit) {
        try {
            return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
