package io.tidemark.catalog;

import io.tidemark.log.Log;
import io.tidemark.log.LogReader;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.WalPayload;
import io.tidemark.schema.wire.WalRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A log whose operations pass through a test first. The log behind it stays open. */
public class InterceptedLog implements Log {
    private final Log log;

    public InterceptedLog(Log log) {
        this.log = log;
    }

    /** Called before each poll of each reader; may throw. */
    protected void beforePoll() {}

    @Override
    public int shardCount() {
        return log.shardCount();
    }

    @Override
    public CompletionStage<Lsn> append(ShardId shard, WalPayload payload) {
        return log.append(shard, payload);
    }

    @Override
    public LogReader read(ShardId shard, Lsn from) {
        LogReader reader = log.read(shard, from);
        return new LogReader() {
            @Override
            public List<WalRecord> poll(Duration timeout) {
                beforePoll();
                return reader.poll(timeout);
            }

            @Override
            public Lsn position() {
                return reader.position();
            }

            @Override
            public void wakeup() {
                reader.wakeup();
            }

            @Override
            public void close() {
                reader.close();
            }
        };
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
    public void close() {}
}
