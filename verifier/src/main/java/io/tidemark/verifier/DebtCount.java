package io.tidemark.verifier;

import io.tidemark.archiver.archive.Archive;
import io.tidemark.archiver.object.ObjectStoreException;
import io.tidemark.archiver.segment.DamagedSegmentException;
import io.tidemark.log.LogException;
import io.tidemark.log.LogReader;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.WalRecord;
import io.tidemark.verifier.report.VerificationDebt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Counts what no verification has covered. Blocks for seconds at most; thread-safe. */
final class DebtCount {
    private static final Duration LOG_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(2);

    /** Of the oldest record's age. */
    private static final Duration PRECISION = Duration.ofSeconds(5);
    /** Readers of the log that are open at once. */
    private static final int MAX_READERS = 4;

    private final VerifiedCluster cluster;
    private final InstantSource clock;

    DebtCount(VerifiedCluster cluster, InstantSource clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /** The log's end of every shard, asked for at once; empty where it does not answer. */
    SortedMap<ShardId, Optional<Lsn>> ends(Collection<ShardId> shards) {
        SortedMap<ShardId, CompletableFuture<Lsn>> asked = new TreeMap<>();
        shards.forEach(shard -> asked.put(shard, cluster.log().end(shard).toCompletableFuture()));
        SortedMap<ShardId, Optional<Lsn>> ends = new TreeMap<>();
        asked.forEach((shard, future) -> ends.put(shard, await(future)));
        return ends;
    }

    private static Optional<Lsn> await(CompletableFuture<Lsn> future) {
        try {
            return Optional.of(future.get(LOG_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Of all shards together, whose logs are asked at once. */
    VerificationDebt total(Collection<ShardId> shards, VerifiedLedger ledger) {
        List<Future<VerificationDebt>> counting = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Semaphore permits = new Semaphore(MAX_READERS);
            ends(shards)
                    .forEach((shard, end) -> counting.add(threads.submit(() -> {
                        permits.acquire();
                        try {
                            return of(shard, ledger.mark(shard), end);
                        } finally {
                            permits.release();
                        }
                    })));
        }
        return counting.stream()
                .map(future -> future.state() == Future.State.SUCCESS ? future.resultNow() : VerificationDebt.UNKNOWN)
                .reduce(VerificationDebt.NONE, VerificationDebt::plus);
    }

    private VerificationDebt of(ShardId shard, VerifiedMark mark, Optional<Lsn> end) {
        if (end.isEmpty()) {
            return VerificationDebt.UNKNOWN;
        }
        long records = Math.max(0, end.get().offset() - mark.end().offset());
        if (records == 0) {
            return VerificationDebt.NONE;
        }
        // All that follows the mark was written after it: no need to look closer while that is a short time.
        Duration atMost = age(mark.at());
        Optional<Duration> oldest = atMost.compareTo(PRECISION) <= 0
                ? Optional.of(atMost)
                : timeOf(shard, mark.end()).map(this::age);
        return new VerificationDebt(Optional.of(records), oldest);
    }

    private Duration age(Instant time) {
        Duration age = Duration.between(time, clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    private Optional<Instant> timeOf(ShardId shard, Lsn lsn) {
        try (LogReader reader = cluster.log().read(shard, lsn)) {
            List<WalRecord> records = reader.poll(POLL_TIMEOUT);
            return records.stream().findFirst().map(record -> Instant.ofEpochMilli(record.timestampMs()));
        } catch (LogException e) {
            return e.kind() == LogException.Kind.TRIMMED ? archivedTimeOf(shard, lsn) : Optional.empty();
        }
    }

    /** Not after the record's time: that of the oldest record in its segment. */
    private Optional<Instant> archivedTimeOf(ShardId shard, Lsn lsn) {
        try {
            Archive archive = new Archive(cluster.store());
            return archive.floor(shard, lsn)
                    .map(name -> archive.read(name).header().minTimestampMs())
                    .map(Instant::ofEpochMilli);
        } catch (ObjectStoreException | DamagedSegmentException e) {
            return Optional.empty();
        }
    }
}
