package io.tidemark.materializer.streams;

import io.tidemark.log.Log;
import io.tidemark.log.LogException;
import io.tidemark.log.LogReader;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.WalRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Reads what Kafka Streams leaves out: while it restores, records without a key, which no producer of this system writes, but
 * others can; and at any time what the log no longer holds when a replica needs it. Every LSN counts.
 */
final class HoleReader {
    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(1);
    /** Polls in a row that may bring nothing before the hole is taken for real. */
    private static final int MAX_EMPTY_POLLS = 10;

    private final Log log;
    private final TrimmedRecords trimmed;

    HoleReader(Log log, TrimmedRecords trimmed) {
        this.log = log;
        this.trimmed = trimmed;
    }

    /**
     * Hands on the records, and before each hole's end what was in it, as far as it is still there.
     *
     * @param next the LSN that is needed first
     * @throws LogException if the log cannot be read now
     * @throws io.tidemark.materializer.store.StoreUnavailableException if what the log no longer holds cannot be read now
     */
    void feed(ShardId shard, Lsn next, List<WalRecord> records, Consumer<List<WalRecord>> apply) {
        Lsn expected = next;
        int handedOn = 0;
        for (int i = 0; i < records.size(); i++) {
            Lsn lsn = records.get(i).lsn();
            if (lsn.isAfter(expected)) {
                apply.accept(records.subList(handedOn, i));
                handedOn = i;
                readHole(shard, expected, lsn, apply);
            }
            expected = lsn.isBefore(expected) ? expected : lsn.next();
        }
        apply.accept(records.subList(handedOn, records.size()));
    }

    private void readHole(ShardId shard, Lsn start, Lsn end, Consumer<List<WalRecord>> apply) {
        if (readLog(shard, start, end, apply)) {
            return;
        }
        AtomicReference<Lsn> reached = new AtomicReference<>(start);
        trimmed.read(shard, start, end, records -> {
            apply.accept(records);
            reached.set(records.getLast().lsn().next());
        });
        if (reached.get().isAfter(start) && reached.get().isBefore(end)) {
            readLog(shard, reached.get(), end, apply);
        }
    }

    /** Says false where the log no longer holds {@code start}; then nothing was read. */
    private boolean readLog(ShardId shard, Lsn start, Lsn end, Consumer<List<WalRecord>> apply) {
        try (LogReader reader = log.read(shard, start)) {
            int emptyPolls = 0;
            while (reader.position().isBefore(end) && emptyPolls < MAX_EMPTY_POLLS) {
                List<WalRecord> polled = reader.poll(POLL_TIMEOUT);
                emptyPolls = polled.isEmpty() ? emptyPolls + 1 : 0;
                apply.accept(polled.stream()
                        .filter(record -> record.lsn().isBefore(end))
                        .toList());
            }
            return true;
        } catch (LogException e) {
            return switch (e.kind()) {
                case TRIMMED -> false;
                // They are gone: the gap is for the replica to report.
                case BEYOND_END -> true;
                case UNAVAILABLE, OVERLOADED, TOO_LARGE, MISCONFIGURED, UNAUTHORIZED, CLOSED -> throw e;
            };
        }
    }
}
