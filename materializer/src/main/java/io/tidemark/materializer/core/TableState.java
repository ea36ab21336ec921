package io.tidemark.materializer.core;

import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.key.KeySchema;
import java.util.List;

/**
 * What a shard knows of a table.
 *
 * @param open whether commands are accepted; a closed table only waits for its items to be purged
 * @param ranges the partitions that this shard owns; sorted, without overlap
 */
public record TableState(KeySchema keySchema, boolean open, List<HashRange> ranges) {
    /** How many partitions of one table a shard can own. */
    public static final int MAX_RANGES = 4_096;

    public TableState {
        ranges = ranges.stream().sorted().toList();
        for (int i = 1; i < ranges.size(); i++) {
            if (ranges.get(i - 1).overlaps(ranges.get(i))) {
                throw new IllegalArgumentException("ranges overlap: " + ranges);
            }
        }
    }

    public boolean owns(int keyHash) {
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).contains(keyHash)) {
                return true;
            }
        }
        return false;
    }
}
