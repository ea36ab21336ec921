package io.tidemark.log;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.command.BarrierKind;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.wire.WalCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * Positions that strongly consistent reads wait for. A replica that has applied everything before the position has applied
 * everything that was acknowledged before {@link #barrier} was called: reads are linearizable, whatever fails.
 *
 * <p>The position is the log's confirmed end, which writes nothing. If nobody can vouch for an end, a barrier record is
 * appended, and the log itself orders the read: a broker that has lost its place cannot acknowledge the append.
 *
 * <p>Callers that wait on one shard share a barrier, but never one that had begun before they came: it could be ordered before
 * a write that was acknowledged meanwhile. So there is at most one barrier under way for each shard, however many reads there
 * are. Thread-safe.
 */
public final class Barriers {

    private final Log log;
    private final RandomGenerator random;
    private final List<NextCall<Lsn>> shards;

    /** @param random gives the barriers' request ids; used by one thread at a time, and by nobody else from now on */
    public Barriers(Log log, RandomGenerator random) {
        this.log = log;
        this.random = random;
        List<NextCall<Lsn>> all = new ArrayList<>();
        for (int value = 0; value < log.shardCount(); value++) {
            ShardId shard = new ShardId(value);
            all.add(new NextCall<>("append a read barrier to shard " + shard, () -> append(shard)));
        }
        this.shards = List.copyOf(all);
    }

    /**
     * Completes with the LSN <em>after</em> the barrier: a replica may answer once its next LSN is not less. Fails with a
     * {@link LogException}: OVERLOADED if too many callers wait already, else as the log does; the read may be tried again.
     */
    public CompletionStage<Lsn> barrier(ShardId shard) {
        Shards.require(log, shard);
        return log.confirmedEnd(shard).exceptionallyCompose(failure -> appendUnlessClosed(shard, failure));
    }

    private CompletionStage<Lsn> appendUnlessClosed(ShardId shard, Throwable failure) {
        LogException reason = KafkaErrors.toLogException("read", failure);
        return switch (reason.kind()) {
            case CLOSED, OVERLOADED -> CompletableFuture.failedStage(reason);
            default -> shards.get(shard.value()).join();
        };
    }

    private CompletionStage<Lsn> append(ShardId shard) {
        Envelope barrier = Envelope.of(nextRequestId(), new Command.Barrier(BarrierKind.READ));
        return log.append(shard, WalCodec.encodeControl(barrier)).thenApply(Lsn::next);
    }

    private RequestId nextRequestId() {
        synchronized (random) {
            return RequestId.random(random);
        }
    }
}
