package io.tidemark.log.source;

import io.tidemark.schema.ShardId;
import io.tidemark.schema.command.SourceMark;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * For each source partition and shard, the last offset that the shard has applied or been sent: one chain each. A shard's chain
 * names the records that went to this shard, so those that go to others in between do not break it. For one thread.
 */
final class SourceChains {
    private final int bindingId;
    private final List<ShardId> shards;
    private final Map<ShardId, Map<Integer, Long>> lastOffsets = new HashMap<>();

    SourceChains(int bindingId, Map<ShardId, Map<Integer, Long>> appliedOffsets) {
        this.bindingId = bindingId;
        this.shards = appliedOffsets.keySet().stream().sorted().toList();
        appliedOffsets.forEach((shard, byPartition) -> lastOffsets.put(shard, new HashMap<>(byPartition)));
    }

    List<ShardId> shards() {
        return shards;
    }

    /** {@link SourceMark#NONE} if the shard has been sent nothing of that partition. */
    long lastOffset(int partition, ShardId shard) {
        return chain(shard).getOrDefault(partition, SourceMark.NONE);
    }

    /** Every record before this offset has been applied by the shard that it belongs to, if any shard owns it. */
    long firstNeeded(int partition) {
        return shards.stream()
                .mapToLong(shard -> lastOffset(partition, shard) + 1)
                .min()
                .orElse(0);
    }

    /** Whether any shard has been sent anything of that partition. */
    boolean hasBegun(int partition) {
        return shards.stream().anyMatch(shard -> lastOffset(partition, shard) != SourceMark.NONE);
    }

    /** The mark of the next record of a chain; empty if the shard has applied the record. */
    Optional<SourceMark> mark(int partition, ShardId shard, long offset) {
        long previousOffset = lastOffset(partition, shard);
        return offset <= previousOffset
                ? Optional.empty()
                : Optional.of(new SourceMark(bindingId, partition, offset, previousOffset));
    }

    /** Makes the record that got this mark the last one of its chain. */
    void advance(ShardId shard, SourceMark mark) {
        chain(shard).put(mark.partition(), mark.offset());
    }

    /** What stands against the shard's having applied all that its chains name; empty if it has. */
    Optional<String> missing(ShardId shard, Map<Integer, Long> appliedOffsets) {
        for (Map.Entry<Integer, Long> sent : chain(shard).entrySet()) {
            long applied = appliedOffsets.getOrDefault(sent.getKey(), SourceMark.NONE);
            if (applied < sent.getValue()) {
                return Optional.of("shard " + shard + " was sent source partition " + sent.getKey() + " up to offset "
                        + sent.getValue() + " but has applied it up to " + applied);
            }
        }
        return Optional.empty();
    }

    private Map<Integer, Long> chain(ShardId shard) {
        Map<Integer, Long> chain = lastOffsets.get(shard);
        if (chain == null) {
            throw new IllegalArgumentException("no chain for shard " + shard + ", only for " + shards);
        }
        return chain;
    }
}
