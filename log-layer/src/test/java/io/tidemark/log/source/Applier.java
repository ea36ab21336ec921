package io.tidemark.log.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.log.Log;
import io.tidemark.log.LogReader;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Command.DeleteItem;
import io.tidemark.schema.command.Command.PutItem;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.command.SourceMark;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.wire.UndecodableException;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.schema.wire.WalRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Applies a log as the shards do, as far as sources are concerned: only a command that continues its chain takes effect. It tells
 * positions as strongly consistent as a replica does, by applying everything up to the log's end first.
 */
final class Applier implements SourcePositions {
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);

    private final Log log;
    private final Map<ShardId, Lsn> next = new HashMap<>();
    private final Map<ShardId, TreeMap<Integer, Long>> lastOffsets = new HashMap<>();
    /** Items by their keys, of all shards. */
    final Map<Bytes, Item> items = new HashMap<>();
    /** Every source record that took effect, in order. */
    final List<SourceMark> applied = new ArrayList<>();

    int repetitions;
    int gaps;
    int rejections;
    /** Which commands the shards reject, as they do those of a closed table. */
    Predicate<Command> isRejected = command -> false;

    Applier(Log log) {
        this.log = log;
    }

    @Override
    public synchronized Map<Integer, Long> lastOffsets(ShardId shard) {
        applyToEnd(shard);
        return Map.copyOf(lastOffsets.getOrDefault(shard, new TreeMap<>()));
    }

    synchronized void applyAll() {
        for (int shard = 0; shard < log.shardCount(); shard++) {
            applyToEnd(new ShardId(shard));
        }
    }

    private void applyToEnd(ShardId shard) {
        Lsn end = log.end(shard).toCompletableFuture().join();
        try (LogReader reader = log.read(shard, next.getOrDefault(shard, Lsn.FIRST))) {
            while (reader.position().isBefore(end)) {
                reader.poll(POLL_TIMEOUT).forEach(this::apply);
            }
            next.put(shard, reader.position());
        }
    }

    private void apply(WalRecord record) {
        assertThat(WalCodec.checksumMatches(record)).isTrue();
        Envelope envelope;
        try {
            envelope = WalCodec.decode(record);
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
        Optional<SourceMark> source = envelope.source();
        assertThat(source).isPresent();
        SourceMark mark = source.get();
        TreeMap<Integer, Long> last = lastOffsets.computeIfAbsent(record.shard(), shard -> new TreeMap<>());
        long lastOffset = last.getOrDefault(mark.partition(), SourceMark.NONE);
        if (mark.offset() <= lastOffset) {
            repetitions++;
        } else if (mark.previousOffset() != lastOffset) {
            gaps++;
        } else if (isRejected.test(envelope.command())) {
            rejections++;
        } else {
            last.put(mark.partition(), mark.offset());
            applied.add(mark);
            switch (envelope.command()) {
                case PutItem put -> items.put(record.key(), put.item());
                case DeleteItem delete -> items.remove(record.key());
                default -> throw new AssertionError(envelope.command());
            }
        }
    }
}
