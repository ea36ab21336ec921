package io.tidemark.archiver.archive;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import java.util.Optional;

/**
 * Where the archiver of one shard stands.
 *
 * @param end the LSN after the last archived one; empty until it has been found
 */
public record ShardStatus(ShardId shard, Optional<Lsn> end, ShardState state) {}
