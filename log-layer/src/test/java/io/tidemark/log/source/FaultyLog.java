package io.tidemark.log.source;

import io.tidemark.log.ForwardingLog;
import io.tidemark.log.Log;
import io.tidemark.log.LogException;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.WalPayload;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** A log whose appends fail now and then, with and without having taken effect, or end the process that made them. */
final class FaultyLog extends ForwardingLog {
    /** Stands for the end of a process: whoever made the call does nothing any more. */
    static final class ProcessEnded extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final RandomGenerator random;
    private final int meanAppendsBetweenFaults;

    FaultyLog(Log log, RandomGenerator random, int meanAppendsBetweenFaults) {
        super(log);
        this.random = random;
        this.meanAppendsBetweenFaults = meanAppendsBetweenFaults;
    }

    @Override
    public CompletionStage<Lsn> append(ShardId shard, WalPayload payload) {
        if (random.nextInt(meanAppendsBetweenFaults) > 0) {
            return log().append(shard, payload);
        }
        LogException failure = new LogException(LogException.Kind.UNAVAILABLE, "no broker answered");
        boolean isAppended = random.nextBoolean();
        CompletionStage<?> appended =
                isAppended ? log().append(shard, payload) : CompletableFuture.completedStage(Lsn.FIRST);
        if (random.nextBoolean()) {
            throw new ProcessEnded();
        }
        return appended.thenCompose(ignored -> CompletableFuture.failedStage(failure));
    }
}
