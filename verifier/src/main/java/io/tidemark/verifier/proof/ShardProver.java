package io.tidemark.verifier.proof;

import io.tidemark.archiver.archive.Archive;
import io.tidemark.archiver.object.ObjectStore;
import io.tidemark.archiver.object.ObjectStoreException;
import io.tidemark.materializer.store.RocksResources;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.hash.StateDigest;
import io.tidemark.verifier.reference.ArchiveWalk;
import io.tidemark.verifier.reference.ReferenceCheck;
import io.tidemark.verifier.reference.ReferenceReplica;
import io.tidemark.verifier.reference.Survey;
import io.tidemark.verifier.report.ArchiveReport;
import io.tidemark.verifier.report.ItemDifferences;
import io.tidemark.verifier.report.ShardProof;
import io.tidemark.verifier.report.ShardProof.ProvenState;
import io.tidemark.verifier.report.Suspect;
import io.tidemark.verifier.report.Verdict;
import io.tidemark.verifier.report.VerificationMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/** Proves one shard after the other. Thread-safe; never fails for what it finds. */
record ShardProver(
        ObjectStore store,
        Path scratch,
        RocksResources resources,
        InstantSource clock,
        LongSupplier nanoTime,
        ProofListener listener) {
    /** For a chain that ends earlier than it did a moment ago. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    ShardProof prove(ShardId shard, Lsn end) {
        if (end.equals(Lsn.FIRST)) {
            return ShardProof.without(
                    shard,
                    "the bucket has no segment of this shard: it was never written to, or all of its segments are gone");
        }
        try (ReferenceCheck check = new ReferenceCheck(
                store,
                shard,
                () -> ReferenceReplica.open(shard, scratch.resolve("shard-" + shard), resources, clock),
                PATIENCE,
                nanoTime,
                progress(shard))) {
            ReferenceCheck.Result result = check.run(end, VerificationMode.DEEP);
            if (result.digest().isEmpty()) {
                return new ShardProof(shard, result.archive(), Optional.empty());
            }
            StateDigest digest = result.digest().get();
            ProvenState state = new ProvenState(
                    digest.nextLsn(),
                    check.chainHash(),
                    digest.stateHash(),
                    digest.itemCount(),
                    check.snapshot().rejectedCount());
            return new ShardProof(shard, withStrays(shard, end, result.archive()), Optional.of(state));
        }
    }

    /** What is named like a segment, and is in no chain, nobody has an explanation for. */
    private ArchiveReport withStrays(ShardId shard, Lsn end, ArchiveReport report) {
        try {
            List<String> strays = Survey.strays(new Archive(store), shard, end, report.segments());
            if (strays.isEmpty()) {
                return report;
            }
            return report.withVerdict(new Verdict.Different(
                    Suspect.ARCHIVE,
                    "objects named like segments are no part of the chain, which is whole without them",
                    new TreeSet<>(),
                    ItemDifferences.NONE,
                    strays));
        } catch (ObjectStoreException e) {
            return report.withVerdict(new Verdict.Unknown(
                    "the chain is whole, but the bucket could not be listed for what is no part of it: "
                            + e.getMessage()));
        }
    }

    private ArchiveWalk.Progress progress(ShardId shard) {
        return new ArchiveWalk.Progress() {
            @Override
            public void checked(Lsn end) {
                listener.checked(shard, end);
            }

            @Override
            public void waiting(Lsn end) {}
        };
    }
}
