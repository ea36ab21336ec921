package io.tidemark.verifier.proof;

import io.tidemark.archiver.archive.Archive;
import io.tidemark.archiver.object.ObjectStore;
import io.tidemark.archiver.segment.DamagedSegmentException;
import io.tidemark.materializer.store.RocksResources;
import io.tidemark.materializer.store.StoreSettings;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.verifier.report.ProofReport;
import io.tidemark.verifier.report.ShardProof;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;

/**
 * Proves an archive from its bucket alone: follows every shard's chain of segments from its first record, checks every bit of
 * them, and replays them into a replica that begins empty. Neither the cluster nor its log is asked, so nothing has to be
 * trusted but this code. What no bucket can tell of itself is that its end was cut off, or that all of a shard is gone: chain
 * heads that were noted before show the one, the numbers of the shards the other. For one thread.
 */
public final class BucketProof {
    private static final int PARALLEL_SHARDS = 2;
    /** Shards without a segment that are reported; a key with a wild number does not make millions of them. */
    private static final int MAX_MISSING_SHARDS = 100;

    private final ObjectStore store;
    private final SortedMap<ShardId, Lsn> ends;

    private BucketProof(ObjectStore store, SortedMap<ShardId, Lsn> ends) {
        this.store = store;
        this.ends = ends;
    }

    /**
     * Finds out where the chains end; what is written later is not proved.
     *
     * @param store stays the caller's to close
     * @param shards what to prove; all that the bucket has, and those that it must have if there are others after them, if
     *     empty
     * @throws io.tidemark.archiver.object.ObjectStoreException if the store does not answer
     */
    public static BucketProof of(ObjectStore store, Set<ShardId> shards) {
        Archive archive = new Archive(store);
        SortedMap<ShardId, Lsn> ends = new TreeMap<>();
        for (ShardId shard : shards.isEmpty() ? shardsOf(archive) : shards) {
            ends.put(shard, endOf(archive, shard));
        }
        return new BucketProof(store, ends);
    }

    private static SortedSet<ShardId> shardsOf(Archive archive) {
        SortedSet<ShardId> shards = new TreeSet<>(archive.shards());
        if (!shards.isEmpty()) {
            int last = shards.last().value();
            int missing = 0;
            for (int number = 0; number < last && missing < MAX_MISSING_SHARDS; number++) {
                missing += shards.add(new ShardId(number)) ? 1 : 0;
            }
        }
        return shards;
    }

    /** Of a chain whose last segment is damaged, that segment's first LSN is enough: the walk comes to the damage. */
    private static Lsn endOf(Archive archive, ShardId shard) {
        try {
            return archive.end(shard);
        } catch (DamagedSegmentException e) {
            return archive.floor(shard, new Lsn(Long.MAX_VALUE))
                    .map(name ->
                            new Lsn(Math.min(Long.MAX_VALUE - 1, name.first().offset()) + 1))
                    .orElse(Lsn.FIRST);
        }
    }

    /** Records in all chains together; of a chain whose last segment is damaged, those before it. */
    public long records() {
        return ends.values().stream().mapToLong(Lsn::offset).sum();
    }

    /**
     * @param scratch an empty folder for the replicas that are rebuilt; what is in it afterwards is of no use
     * @param nanoTime monotonic, as {@link System#nanoTime}
     */
    public ProofReport run(Path scratch, InstantSource clock, LongSupplier nanoTime, ProofListener listener) {
        Instant startedAt = clock.instant();
        long start = nanoTime.getAsLong();
        List<ShardProof> proofs = new ArrayList<>();
        try (RocksResources resources = new RocksResources(StoreSettings.DEFAULT)) {
            ShardProver prover = new ShardProver(store, scratch, resources, clock, nanoTime, listener);
            proofs.addAll(proveAll(prover));
        }
        return new ProofReport(startedAt, Duration.ofNanos(nanoTime.getAsLong() - start), proofs);
    }

    private List<ShardProof> proveAll(ShardProver prover) {
        ExecutorService threads = Executors.newFixedThreadPool(
                PARALLEL_SHARDS, Thread.ofPlatform().daemon().name("proof-", 0).factory());
        try {
            List<Future<ShardProof>> running = new ArrayList<>();
            ends.forEach((shard, end) -> running.add(threads.submit(() -> prover.prove(shard, end))));
            List<ShardProof> proofs = new ArrayList<>();
            for (Future<ShardProof> future : running) {
                proofs.add(await(future));
            }
            return proofs;
        } finally {
            // Nobody may use the stores' memory after this returns, even if it is interrupted.
            threads.shutdownNow();
            threads.close();
        }
    }

    private static ShardProof await(Future<ShardProof> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the proof was interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("a thread of the proof has died", e.getCause());
        }
    }
}
