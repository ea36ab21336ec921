package io.tidemark.materializer.core;

import io.tidemark.schema.Lsn;
import java.util.List;

/**
 * Decides which outcomes a replica forgets. It depends on the state and the record alone, so that all replicas remember the
 * same; and it does a bounded amount of work, however far log time jumps.
 *
 * <p>Outcomes are swept by every {@value #SWEEP_EVERY_RECORDS}th record of the log, whatever it holds: a sweep has to look for
 * the oldest outcomes, which is not free, and need not be done for each record. So an outcome may stay a little longer than it
 * must, never shorter; barriers sweep too, so that a shard that nobody writes to forgets as well.
 */
public final class OutcomeWindow {
    /** How long an outcome is remembered at least, in log time, unless there are too many: as long as DynamoDB's client tokens. */
    static final long WINDOW_MS = 600_000;

    /** How many outcomes are remembered at most: 218 commands a second for ten minutes, or 13 s of 10,000. */
    public static final int MAX_REMEMBERED = 1 << 17;

    /**
     * How many bytes of outcomes are remembered, by {@link OutcomeSize}; outcomes may return items of 400 KB. What came since the
     * last sweep is on top of it.
     */
    static final long MAX_REMEMBERED_BYTES = 64L << 20;

    /** LSNs divisible by it sweep. */
    static final int SWEEP_EVERY_RECORDS = 64;

    /** Four times what can have come since the last sweep, so that a backlog shrinks. */
    static final int MAX_FORGOTTEN_PER_SWEEP = 4 * SWEEP_EVERY_RECORDS;

    /** What a sweep leaves, so that there is room until the next one. */
    private static final int MAX_REMEMBERED_AFTER_SWEEP = MAX_REMEMBERED - SWEEP_EVERY_RECORDS;

    private OutcomeWindow() {}

    static void sweep(StateView view, Lsn lsn, long logTimeMs, List<Mutation> mutations) {
        int remembered = view.rememberedOutcomes();
        if (lsn.offset() % SWEEP_EVERY_RECORDS != 0 || remembered == 0) {
            return;
        }
        List<RememberedOutcome.Mark> oldest = view.oldestOutcomes(MAX_FORGOTTEN_PER_SWEEP);
        int forgotten = 0;
        long bytes = view.rememberedOutcomeBytes();
        while (forgotten < oldest.size()
                && mayBeForgotten(oldest.get(forgotten), logTimeMs, remembered - forgotten, bytes)) {
            bytes -= oldest.get(forgotten).sizeBytes();
            forgotten++;
        }
        if (forgotten > 0) {
            mutations.add(
                    new Mutation.ForgetOutcomes(oldest.get(forgotten - 1).lsn().next()));
        }
    }

    private static boolean mayBeForgotten(
            RememberedOutcome.Mark oldest, long logTimeMs, int remembered, long rememberedBytes) {
        return remembered > MAX_REMEMBERED_AFTER_SWEEP
                || rememberedBytes > MAX_REMEMBERED_BYTES
                || oldest.logTimeMs() < logTimeMs - WINDOW_MS;
    }
}
