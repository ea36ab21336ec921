package io.tidemark.materializer.store;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;

/**
 * Records between the replica's position and the next one offered are missing: the log was trimmed below it, or was
 * replaced. The replica must not go on; it has to be hydrated from a verified snapshot or from the archive.
 */
public final class LogGapException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final transient Lsn expected;
    private final transient Lsn offered;

    public LogGapException(ShardId shard, Lsn expected, Lsn offered) {
        super("shard " + shard + ": the replica needs LSN " + expected + " next, the log offers " + offered
                + "; the records between are gone. Restore the replica from a snapshot or the archive");
        this.expected = expected;
        this.offered = offered;
    }

    public Lsn expected() {
        return expected;
    }

    public Lsn offered() {
        return offered;
    }
}
