package io.tidemark.log;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import java.util.concurrent.CompletionStage;

/** All but appends as another log does them. */
public abstract class ForwardingLog implements Log {
    private final Log log;

    /** @param log closed with this one */
    protected ForwardingLog(Log log) {
        this.log = log;
    }

    protected final Log log() {
        return log;
    }

    @Override
    public int shardCount() {
        return log.shardCount();
    }

    @Override
    public LogReader read(ShardId shard, Lsn from) {
        return log.read(shard, from);
    }

    @Override
    public CompletionStage<Lsn> start(ShardId shard) {
        return log.start(shard);
    }

    @Override
    public CompletionStage<Lsn> end(ShardId shard) {
        return log.end(shard);
    }

    @Override
    public CompletionStage<Lsn> confirmedEnd(ShardId shard) {
        return log.confirmedEnd(shard);
    }

    @Override
    public CompletionStage<Lsn> trim(ShardId shard, Lsn before) {
        return log.trim(shard, before);
    }

    @Override
    public void close() {
        log.close();
    }
}
