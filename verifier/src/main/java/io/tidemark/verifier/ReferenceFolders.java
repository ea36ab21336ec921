package io.tidemark.verifier;

import io.tidemark.schema.ShardId;
import java.nio.file.Path;

/** Where in its data directory a verifier keeps what belongs to one shard. */
final class ReferenceFolders {
    private ReferenceFolders() {}

    static Path of(Path dataDirectory, ShardId shard) {
        return dataDirectory.resolve("shard-" + shard);
    }
}
