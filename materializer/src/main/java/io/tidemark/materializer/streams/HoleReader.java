package io.tidemark.materializer.streams;

import io.tidemark.log.Log;
import io.tidemark.log.LogException;
import io.tidemark.log.LogReader;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.WalRecord;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads what Kafka Streams leaves out while it restores: records without a key. No producer of this system writes them, but
 * others can, and every LSN counts.
 */
final class HoleReader {
    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(1);
    /** Polls in a row that may bring nothing before the hole is taken for real. */
    private static final int MAX_EMPTY_POLLS = 10;

    private final Log log;

    HoleReader(Log log) {
        this.log = log;
    }

    /**
     * Hands on the records, and before each hole's end what was in it, as far as the log still holds that.
     *
     * @param next the LSN that is needed first
     * @throws LogException if the log cannot be read now
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
        try (LogReader reader = log.read(shard, start)) {
            int emptyPolls = 0;
            while (reader.position().isBefore(end) && emptyPolls < MAX_EMPTY_POLLS) {
                List<WalRecord> polled = reader.poll(POLL_TIMEOUT);
                emptyPolls = polled.isEmpty() ? emptyPolls + 1 : 0;
                apply.accept(polled.stream()
                        .filter(record -> record.lsn().isBefore(end))
                        .toList());
            }
        } catch (LogException e) {
            switch (e.kind()) {
                case TRIMMED, BEYOND_END -> {
                    // They are gone: the gap is for the replica to report.
                }
                case UNAVAILABLE, OVERLOADED, TOO_LARGE, MISCONFIGURED, UNAUTHORIZED, CLOSED -> throw e;
            }
        }
    }
}
