package io.tidemark.catalog.state;

import io.tidemark.schema.ShardId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Chooses the shards of a new table. */
final class Placement {
    private record Load(int partitions, int shard) {}

    private static final Comparator<Load> LIGHTEST_FIRST =
            Comparator.comparingInt(Load::partitions).thenComparingInt(Load::shard);

    private Placement() {}

    /**
     * Puts one partition after the other on the shard that has the fewest, the lowest number where several have.
     *
     * @param partitionsByShard a shard without an entry has none
     */
    static List<ShardId> choose(Map<ShardId, Integer> partitionsByShard, int partitions, int shardCount) {
        PriorityQueue<Load> loads = new PriorityQueue<>(shardCount, LIGHTEST_FIRST);
        for (int shard = 0; shard < shardCount; shard++) {
            loads.add(new Load(partitionsByShard.getOrDefault(new ShardId(shard), 0), shard));
        }
        List<ShardId> chosen = new ArrayList<>(partitions);
        for (int i = 0; i < partitions; i++) {
            Load lightest = loads.remove();
            chosen.add(new ShardId(lightest.shard()));
            loads.add(new Load(lightest.partitions() + 1, lightest.shard()));
        }
        return chosen;
    }
}
