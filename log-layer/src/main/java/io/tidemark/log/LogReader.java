package io.tidemark.log;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.wire.WalRecord;
import java.time.Duration;
import java.util.List;

/** Reads one shard in order. For one thread; {@link #wakeup} alone may be called from others. */
public interface LogReader extends AutoCloseable {
    /**
     * The next records in order, without a hole; waits at most {@code timeout} for the first. Empty if none came. The size of
     * the list is bounded.
     *
     * <p>After a failure the position is what it was. While brokers do not answer, polls are empty: silence is no failure.
     *
     * @throws LogException with kind TRIMMED if the position is before the log's start; BEYOND_END if it is after its end or
     *     the log no longer holds what it held there; CLOSED if the log was closed or the thread interrupted
     */
    List<WalRecord> poll(Duration timeout);

    /** The LSN that the next poll starts at. */
    Lsn position();

    /** Makes a poll that is waiting, or else the next one, return at once. */
    void wakeup();

    @Override
    void close();
}
