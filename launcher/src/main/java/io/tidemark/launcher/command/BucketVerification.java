package io.tidemark.launcher.command;

import io.tidemark.archiver.object.ObjectStore;
import io.tidemark.archiver.object.ObjectStoreException;
import io.tidemark.archiver.object.S3ObjectStore;
import io.tidemark.archiver.object.S3Settings;
import io.tidemark.launcher.output.Output;
import io.tidemark.launcher.output.ProgressBar;
import io.tidemark.schema.ShardId;
import io.tidemark.verifier.proof.BucketProof;
import io.tidemark.verifier.report.ProofJson;
import io.tidemark.verifier.report.ProofReport;
import io.tidemark.verifier.report.ProofText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** {@code tidemark verify --bucket}: what the bucket alone proves. */
record BucketVerification(S3Settings settings, Optional<Path> scratch, Set<ShardId> shards) {
    /** @return the exit code */
    int run(Output output) throws IOException {
        ProofReport report;
        try (ObjectStore store = S3ObjectStore.open(settings)) {
            report = prove(BucketProof.of(store, shards), output);
        } catch (ObjectStoreException e) {
            throw new VerifyCommand.UnverifiedException("nothing could be checked: " + e.getMessage(), e);
        }
        if (report.shards().isEmpty()) {
            throw new VerifyCommand.UnverifiedException(
                    "bucket " + settings.bucket() + " has no segments: nothing was archived to it, or they are gone");
        }
        output.print(ProofJson.of(report), () -> ProofText.of(report));
        return report.exitCode();
    }

    private ProofReport prove(BucketProof proof, Output output) throws IOException {
        Path folder = scratchFolder();
        Map<ShardId, Long> checked = new ConcurrentHashMap<>();
        try (ProgressBar bar =
                new ProgressBar(output.terminal(), "replaying archive", proof.records(), "records", System::nanoTime)) {
            return proof.run(folder, Clock.systemUTC(), System::nanoTime, (shard, end) -> {
                checked.put(shard, end.offset());
                bar.set(checked.values().stream().mapToLong(Long::longValue).sum());
            });
        } finally {
            Folders.delete(folder);
        }
    }

    private Path scratchFolder() throws IOException {
        String prefix = "tidemark-proof-";
        if (scratch.isEmpty()) {
            return Files.createTempDirectory(prefix);
        }
        Files.createDirectories(scratch.get());
        return Files.createTempDirectory(scratch.get(), prefix);
    }
}
