package io.tidemark.verifier.reference;

import io.tidemark.archiver.archive.Archive;
import io.tidemark.archiver.object.ObjectStore;
import io.tidemark.archiver.object.ObjectStoreException;
import io.tidemark.archiver.segment.DamagedSegmentException;
import io.tidemark.archiver.segment.Sha256;
import io.tidemark.materializer.store.DamagedStoreException;
import io.tidemark.materializer.store.DeepDigest;
import io.tidemark.materializer.store.ReplicaSnapshot;
import io.tidemark.materializer.store.StoreException;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.hash.StateDigest;
import io.tidemark.schema.wire.NewerSemanticsException;
import io.tidemark.verifier.reference.ArchiveWalk.OtherHistoryException;
import io.tidemark.verifier.report.ArchiveReport;
import io.tidemark.verifier.report.ItemDifferences;
import io.tidemark.verifier.report.Suspect;
import io.tidemark.verifier.report.Verdict;
import io.tidemark.verifier.report.VerificationMode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks one shard's archive and takes its reference replica to a barrier. A reference that turns out to be of no use is built
 * again from the first segment, once. Never fails for what it finds: that is in the result. For one thread.
 */
public final class ReferenceCheck implements AutoCloseable {
    private final ObjectStore store;
    private final ShardId shard;
    private final Supplier<ReferenceReplica> opener;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final ArchiveWalk.Progress progress;
    private @Nullable ReferenceReplica reference;
    private @Nullable ReplicaSnapshot snapshot;
    private @Nullable ArchiveWalk lastWalk;

    /**
     * What came of it.
     *
     * @param digest of the reference at the barrier; absent where there is no reference that could be trusted
     * @param why it is absent
     */
    public record Result(ArchiveReport archive, Optional<StateDigest> digest, String why) {}

    /**
     * @param opener opens the reference replica, which this object closes
     * @param patience how long the archive may take to reach the barrier
     */
    public ReferenceCheck(
            ObjectStore store,
            ShardId shard,
            Supplier<ReferenceReplica> opener,
            Duration patience,
            LongSupplier nanoTime,
            ArchiveWalk.Progress progress) {
        this.store = store;
        this.shard = shard;
        this.opener = opener;
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.progress = progress;
    }

    /** @param end the LSN after the barrier */
    public Result run(Lsn end, VerificationMode mode) {
        return guarded(() -> attempt(end, mode));
    }

    /** Builds the reference again, from the first segment, and checks the whole archive on the way. */
    public Result rebuild(Lsn end, String reason) {
        return guarded(() -> {
            open().discard(reason);
            return attempt(end, VerificationMode.DEEP);
        });
    }

    /** The reference at the barrier. Only after a result with a digest; belongs to this object. */
    public ReplicaSnapshot snapshot() {
        if (snapshot == null) {
            throw new IllegalStateException("there is no reference at the barrier");
        }
        return snapshot;
    }

    /** Hash of the segment that the reference has applied last. Only after a result with a digest. */
    public Sha256 chainHash() {
        if (snapshot == null) {
            throw new IllegalStateException("there is no reference that has got to the end");
        }
        return open().chainHash();
    }

    private Result guarded(Supplier<Result> check) {
        long start = nanoTime.getAsLong();
        lastWalk = null;
        releaseSnapshot();
        try {
            return timed(check.get(), start);
        } catch (DamagedSegmentException e) {
            return timed(damaged(e), start);
        } catch (ObjectStoreException e) {
            return timed(unknown("the archive cannot be read (" + e.kind() + "): " + e.getMessage()), start);
        } catch (StoreException | UncheckedIOException e) {
            return timed(unknown("the reference replica cannot be used: " + e.getMessage()), start);
        } catch (NewerSemanticsException e) {
            return timed(unknown("the reference replica cannot apply the log: " + e.getMessage()), start);
        } catch (OtherHistoryException | CancellationException e) {
            return timed(unknown(String.valueOf(e.getMessage())), start);
        }
    }

    private Result attempt(Lsn end, VerificationMode mode) {
        try {
            return walk(end, mode);
        } catch (OtherHistoryException | DamagedStoreException e) {
            releaseSnapshot();
            open().discard(String.valueOf(e.getMessage()));
            return walk(end, VerificationMode.DEEP);
        }
    }

    private Result walk(Lsn end, VerificationMode mode) {
        // A new one each time: what an earlier one has seen may be gone.
        Archive archive = new Archive(store);
        ReferenceReplica replica = open();
        ArchiveWalk walk = new ArchiveWalk(archive, replica, end, patience, nanoTime, progress);
        lastWalk = walk;
        ArchiveWalk.Result result;
        try {
            result = mode == VerificationMode.DEEP ? walk.fromFirst() : walk.fromReference();
        } catch (DamagedSegmentException e) {
            if (mode == VerificationMode.DEEP) {
                throw e;
            }
            // What looks like damage from here may be another history: only the whole chain tells.
            return walk(end, VerificationMode.DEEP);
        }
        replica.checkpoint();
        if (result.reached().isBefore(end)) {
            return unknown("the archive ends before LSN " + result.reached() + ", the barrier is at LSN "
                    + (end.offset() - 1) + ": waited " + patience.toSeconds() + " s. Is the archiver running?");
        }
        StateDigest digest = digest(replica, mode);
        return new Result(report(new Verdict.Equal()), Optional.of(digest), "");
    }

    private StateDigest digest(ReferenceReplica replica, VerificationMode mode) {
        ReplicaSnapshot state = replica.snapshot();
        snapshot = state;
        if (mode == VerificationMode.QUICK) {
            return state.digest();
        }
        DeepDigest deep = state.deepDigest(Thread.currentThread()::isInterrupted);
        if (!deep.damage().isEmpty()) {
            throw new DamagedStoreException(
                    "the reference replica is damaged at rest: " + deep.damage().getFirst());
        }
        return deep.digest();
    }

    private Result damaged(DamagedSegmentException first) {
        List<String> damage;
        try {
            damage = Survey.damage(new Archive(store), shard, first);
        } catch (ObjectStoreException e) {
            damage =
                    List.of(first.key() + ": " + first.damage(), "the other objects cannot be read: " + e.getMessage());
        }
        Verdict verdict = new Verdict.Different(
                Suspect.ARCHIVE,
                "objects of the archive are damaged or missing; restore them from a copy of the bucket",
                new TreeSet<>(),
                ItemDifferences.NONE,
                damage);
        return new Result(report(verdict), Optional.empty(), "the archive is damaged: " + damage.getFirst());
    }

    private Result unknown(String reason) {
        return new Result(report(new Verdict.Unknown(reason)), Optional.empty(), reason);
    }

    private ArchiveReport report(Verdict verdict) {
        if (lastWalk == null) {
            return ArchiveReport.of(verdict);
        }
        ArchiveWalk.Result walk = lastWalk.soFar();
        return new ArchiveReport(
                verdict,
                walk.from(),
                walk.reached(),
                walk.segments(),
                walk.records(),
                walk.bytes(),
                walk.replayedRecords(),
                reference == null ? Optional.empty() : reference.discarded(),
                Duration.ZERO);
    }

    private Result timed(Result result, long startNanos) {
        Duration duration = Duration.ofNanos(nanoTime.getAsLong() - startNanos);
        return new Result(result.archive().withDuration(duration), result.digest(), result.why());
    }

    private ReferenceReplica open() {
        if (reference == null) {
            reference = opener.get();
        }
        return reference;
    }

    private void releaseSnapshot() {
        if (snapshot != null) {
            snapshot.close();
            snapshot = null;
        }
    }

    @Override
    public void close() {
        releaseSnapshot();
        if (reference != null) {
            reference.close();
            reference = null;
        }
    }
}
