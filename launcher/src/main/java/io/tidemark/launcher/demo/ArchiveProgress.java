package io.tidemark.launcher.demo;

import io.tidemark.launcher.output.ProgressBar;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.verifier.VerificationListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the archived records that have been checked, over all shards. */
record ArchiveProgress(ProgressBar progress, Map<ShardId, Long> checked) implements VerificationListener {
    ArchiveProgress(ProgressBar progress) {
        this(progress, new ConcurrentHashMap<>());
    }

    @Override
    public void archiveChecked(ShardId shard, Lsn checkedEnd, Lsn end) {
        checked.put(shard, checkedEnd.offset());
        progress.set(checked.values().stream().mapToLong(Long::longValue).sum());
    }
}
