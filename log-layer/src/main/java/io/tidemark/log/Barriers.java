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
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * Positions that strongly consistent reads wait for. A replica that has applied everything before the position has applied
 * everything that was acknowledged before {@link #barrier} was called.
 *
 * <p>Callers that wait on one shard share a barrier, but never one that had begun before they came: it could be ordered before
 * a write that was acknowledged meanwhile. So there is at most one barrier under way for each shard, however many reads there
 * are. Thread-safe.
 */
public final class Barriers {

    /** How a position is found. */
    public enum Mode {
        /**
         * A barrier record is appended. The log itself orders the read, so reads are linearizable whatever fails: a broker
         * that has lost its place cannot acknowledge the append.
         */
        APPEND,
        /**
         * The log's end is asked for, which writes nothing. Not linearizable in one case: a partition leader that has been cut
         * off from the others, and has not noticed yet, tells an old end to a reader that still reaches it, while writes are
         * acknowledged elsewhere. That lasts at most as long as brokers take to notice (Kafka's
         * {@code broker.session.timeout.ms}).
         */
        END_OFFSET
    }

    private final Log log;
    private final RandomGenerator random;
    private final List<NextCall<Lsn>> shards;
    private final Mode mode;

    /** @param random gives the barriers' request ids; used by one thread at a time, and by nobody else from now on */
    public Barriers(Log log, Mode mode, RandomGenerator random) {
        this.log = log;
        this.mode = mode;
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
        return switch (mode) {
            case APPEND -> shards.get(shard.value()).join();
            case END_OFFSET -> log.end(shard);
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
