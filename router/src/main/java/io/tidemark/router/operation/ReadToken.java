package io.tidemark.router.operation;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import java.util.Map;
import java.util.Optional;

/** What a client has seen: its reads on a shard of the token are to show at least that LSN. */
public record ReadToken(Map<ShardId, Lsn> lsns) {
    /** Of a client that asks for nothing. */
    public static final ReadToken NONE = new ReadToken(Map.of());

    public ReadToken {
        lsns = Map.copyOf(lsns);
    }

    public Optional<Lsn> lsn(ShardId shard) {
        return Optional.ofNullable(lsns.get(shard));
    }
}
