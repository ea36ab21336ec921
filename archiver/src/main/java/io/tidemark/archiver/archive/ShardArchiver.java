package io.tidemark.archiver.archive;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.archiver.object.ObjectStore;
import io.tidemark.archiver.object.ObjectStoreException;
import io.tidemark.archiver.segment.DamagedSegmentException;
import io.tidemark.log.Log;
import io.tidemark.log.LogException;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Archives one shard, step by step. Its position is the end of the archive in the bucket and nothing else: whatever
 * happens, it begins again there. For one thread, {@link #status} and {@link #wakeup} excepted.
 */
final class ShardArchiver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShardArchiver.class);
    private static final Duration LOG_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LAG_INTERVAL = Duration.ofSeconds(10);

    private final ShardId shard;
    private final Log log;
    private final Archive archive;
    private final SegmentUploader uploader;
    private final ArchiverSettings settings;
    private final InstantSource clock;
    private final Backoff backoff;
    private final ShardMetrics metrics;

    /** Reads the log from the end of the archive; null when that end is to be found. */
    private volatile @Nullable SegmentFiller filler;
    /** A segment that is to be stored before anything more is read. */
    private SegmentFiller.@Nullable Filled filled;

    private Instant lagSampledAt = Instant.MIN;
    private volatile ShardState state = new ShardState.Starting();
    private volatile Optional<Lsn> archivedEnd = Optional.empty();

    ShardArchiver(
            ShardId shard,
            Log log,
            ObjectStore store,
            ArchiverSettings settings,
            InstantSource clock,
            RandomGenerator random,
            MeterRegistry registry) {
        this.shard = shard;
        this.log = log;
        this.archive = new Archive(store);
        this.uploader = new SegmentUploader(store);
        this.settings = settings;
        this.clock = clock;
        this.backoff = new Backoff(settings.leastBackoff(), settings.greatestBackoff(), random);
        this.metrics = new ShardMetrics(registry, shard, () -> state);
    }

    /**
     * Does the next thing: finds the end of the archive, waits some seconds for records, or stores a segment.
     *
     * @return how long to wait before the next step; zero if there is no need to
     */
    Duration step() {
        try {
            sampleLag();
            advance();
            backoff.reset();
            become(new ShardState.Archiving());
            return Duration.ZERO;
        } catch (ObjectStoreException e) {
            metrics.failed("store_" + e.kind());
            become(new ShardState.WaitingForStore(e.kind(), clock.instant(), reason(e)));
            return backoff.next();
        } catch (LogException e) {
            return logFailed(e);
        } catch (DamagedSegmentException | LogMismatchException e) {
            return fail(e);
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("shard", shard).setCause(e).log("Archiving failed unexpectedly");
            return fail(e);
        }
    }

    ShardStatus status() {
        return new ShardStatus(shard, archivedEnd, state);
    }

    /** Makes a step that waits for records return. From any thread. */
    void wakeup() {
        SegmentFiller current = filler;
        if (current != null) {
            current.wakeup();
        }
    }

    /** Nobody steps it any more. */
    void died(Error cause) {
        become(new ShardState.Failed(clock.instant(), "its thread has died (" + cause + "): restart the archiver"));
    }

    /** Forgets what is not stored yet: it is still in the log. */
    @Override
    public void close() {
        begin();
        metrics.close();
    }

    private void advance() {
        SegmentFiller current = filler;
        if (current == null) {
            locate();
        } else if (filled != null) {
            store(current, filled);
        } else {
            filled = current.fill().orElse(null);
        }
    }

    private void locate() {
        Tail tail = Tail.find(archive, shard);
        Lsn start = await(log.start(shard));
        Lsn end = await(log.end(shard));
        metrics.logEndsAt(end);
        if (start.isAfter(tail.next())) {
            throw new LogMismatchException("shard " + shard + ": the archive ends before LSN " + tail.next()
                    + " and the log starts at LSN " + start + ": records " + tail.next() + " to " + (start.offset() - 1)
                    + " are in neither. Find the bucket that holds them, or start the cluster from a snapshot");
        }
        if (end.isBefore(tail.next())) {
            throw new LogMismatchException("shard " + shard + ": the archive ends before LSN " + tail.next()
                    + " and the log already before LSN " + end
                    + ": this bucket is another log's archive, or the log lost"
                    + " records. Compare them before anything more is written");
        }
        Lsn from = tail.last()
                .map(last -> last.lsn())
                .filter(last -> !last.isBefore(start))
                .orElse(tail.next());
        filler = new SegmentFiller(shard, tail, log.read(shard, from), settings, clock);
        reached(tail.next());
    }

    private void store(SegmentFiller current, SegmentFiller.Filled toStore) {
        switch (uploader.upload(toStore.segment())) {
            case STORED -> {
                current.follow(toStore.segment());
                filled = null;
                metrics.stored(toStore);
                reached(toStore.segment().header().next());
                LOG.atDebug()
                        .addKeyValue("segment", toStore.segment().name())
                        .addKeyValue("records", toStore.segment().header().recordCount())
                        .addKeyValue("sizeBytes", toStore.segment().content().length())
                        .log("Segment stored");
            }
            case SUPERSEDED -> {
                metrics.superseded();
                LOG.atInfo()
                        .addKeyValue("segment", toStore.segment().name())
                        .log("Another archiver was first: going on from the end of its archive");
                begin();
            }
        }
    }

    private void reached(Lsn end) {
        archivedEnd = Optional.of(end);
        metrics.archivedTo(end);
    }

    /** The next step starts from the bucket. */
    private void begin() {
        SegmentFiller current = filler;
        filler = null;
        filled = null;
        if (current != null) {
            current.close();
        }
    }

    private Duration fail(RuntimeException e) {
        metrics.failed(e.getClass().getSimpleName());
        begin();
        become(new ShardState.Failed(clock.instant(), reason(e)));
        return backoff.greatest();
    }

    private Duration logFailed(LogException e) {
        metrics.failed("log_" + e.kind());
        return switch (e.kind()) {
            case BEYOND_END -> fail(e);
            case TRIMMED -> {
                // Another archiver may have got further meanwhile; if none has, this is told where the end is looked
                // for.
                begin();
                yield backoff.next();
            }
            case UNAVAILABLE, OVERLOADED, TOO_LARGE, MISCONFIGURED, UNAUTHORIZED, CLOSED -> {
                become(new ShardState.WaitingForLog(e.kind(), clock.instant(), reason(e)));
                yield backoff.next();
            }
        };
    }

    /** Logs a change, not each repetition, and not what comes of being interrupted by {@link Archiver#close}. */
    private void become(ShardState next) {
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        ShardState before = state;
        switch (next) {
            case ShardState.Starting ignored -> {}
            case ShardState.Archiving ignored -> {
                if (!(before instanceof ShardState.Archiving)) {
                    say(
                            Level.INFO,
                            "Archiving",
                            "from LSN " + archivedEnd.map(Lsn::toString).orElse("unknown"));
                }
            }
            case ShardState.WaitingForStore waiting -> {
                if (before instanceof ShardState.WaitingForStore same && same.kind() == waiting.kind()) {
                    return;
                }
                Level level = waiting.kind() == ObjectStoreException.Kind.UNAVAILABLE ? Level.WARN : Level.ERROR;
                say(level, "Waiting for the object store; the log is not read meanwhile", waiting.reason());
            }
            case ShardState.WaitingForLog waiting -> {
                if (before instanceof ShardState.WaitingForLog same && same.kind() == waiting.kind()) {
                    return;
                }
                say(Level.WARN, "Waiting for the log", waiting.reason());
            }
            case ShardState.Failed failed -> {
                if (before instanceof ShardState.Failed same && same.reason().equals(failed.reason())) {
                    return;
                }
                say(Level.ERROR, "Archiving has stopped: somebody must look", failed.reason());
            }
        }
        state = next;
    }

    private void say(Level level, String message, String reason) {
        LOG.atLevel(level)
                .addKeyValue("shard", shard)
                .addKeyValue("reason", reason)
                .log(message);
    }

    private static String reason(RuntimeException e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }

    private void sampleLag() {
        Instant now = clock.instant();
        if (filler != null && lagSampledAt.plus(LAG_INTERVAL).isBefore(now)) {
            lagSampledAt = now;
            log.end(shard).whenComplete((end, failure) -> {
                if (failure == null) {
                    metrics.logEndsAt(end);
                } else {
                    metrics.failed("log_end");
                }
            });
        }
    }

    private Lsn await(CompletionStage<Lsn> stage) {
        try {
            return stage.toCompletableFuture().get(LOG_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LogException failure) {
                throw failure;
            }
            throw new IllegalStateException("the log failed in an unknown way", e.getCause());
        } catch (TimeoutException e) {
            throw new LogException(
                    LogException.Kind.UNAVAILABLE,
                    "the log did not say within " + LOG_TIMEOUT + " where shard " + shard + " starts and ends",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogException(LogException.Kind.CLOSED, "interrupted while asking for the ends of the log", e);
        }
    }
}
