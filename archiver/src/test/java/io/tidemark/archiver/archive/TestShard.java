package io.tidemark.archiver.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.archiver.segment.TestRecords;
import io.tidemark.log.Log;
import io.tidemark.log.LogReader;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.command.BarrierKind;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.schema.wire.WalPayload;
import io.tidemark.schema.wire.WalRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Writes to one shard of a log, and compares it with its archive. */
record TestShard(Log log, ShardId shard, RandomGenerator random) {
    private static final int MAX_VALUE_BYTES = 300;

    /** Records that a foreign producer might have written: no checksum, odd headers. */
    Lsn append(int count) {
        Lsn last = Lsn.FIRST;
        for (WalRecord each : TestRecords.random(random, shard, 0, count, MAX_VALUE_BYTES)) {
            Bytes key = each.key().length() == 0 ? Bytes.wrap(new byte[] {7}) : each.key();
            last = append(new WalPayload(key, each.value(), each.headers()));
        }
        return last;
    }

    Lsn appendBarrier(BarrierKind kind) {
        Envelope barrier = Envelope.of(RequestId.random(random), new Command.Barrier(kind));
        return append(WalCodec.encodeControl(barrier));
    }

    Lsn append(WalPayload payload) {
        return log.append(shard, payload).toCompletableFuture().join();
    }

    Lsn end() {
        return log.end(shard).toCompletableFuture().join();
    }

    /** From the log's start, which must be {@code from}. */
    List<WalRecord> logged(Lsn from) {
        List<WalRecord> records = new ArrayList<>();
        Lsn end = end();
        try (LogReader reader = log.read(shard, from)) {
            while (reader.position().isBefore(end)) {
                records.addAll(reader.poll(Duration.ofSeconds(5)));
            }
        }
        return records;
    }

    /** The whole chain from the first LSN, every link of it checked. */
    static List<WalRecord> archived(Archive archive, ShardId shard) {
        List<WalRecord> records = new ArrayList<>();
        ChainReader chain = archive.chain(shard, Lsn.FIRST);
        chain.next().ifPresent(first -> first.forEach(records::add));
        for (var segment = chain.next(); segment.isPresent(); segment = chain.next()) {
            segment.get().forEach(records::add);
        }
        return records;
    }

    void assertArchivedCompletely(Archive archive) {
        assertThat(archive.end(shard)).isEqualTo(end());
        assertThat(archived(archive, shard)).isEqualTo(logged(Lsn.FIRST));
    }
}
