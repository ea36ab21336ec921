package io.tidemark.schema.key;

import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Where the items of one table live: which shard owns which range of its key hashes. The partitions are in order of their
 * ranges and together cover every hash exactly once.
 */
public record TableRoute(TableId tableId, KeySchema keySchema, List<Partition> partitions) {

    /** One partition of the table and the shard that owns it. */
    public record Partition(HashRange range, ShardId shard) {
        public Partition {
            Objects.requireNonNull(range);
            Objects.requireNonNull(shard);
        }
    }

    /** @throws IllegalArgumentException if the ranges overlap, are out of order or leave a hash without a shard */
    public TableRoute {
        partitions = List.copyOf(partitions);
        long covered = 0;
        for (Partition partition : partitions) {
            if (partition.range().start() != covered) {
                throw new IllegalArgumentException("table " + tableId + ": partition " + partition.range()
                        + " must start at " + Long.toHexString(covered) + ", where the one before it ends");
            }
            covered = partition.range().end();
        }
        if (covered != HashRange.HASH_COUNT) {
            throw new IllegalArgumentException(
                    "table " + tableId + ": no partition owns the hashes from " + Long.toHexString(covered));
        }
    }

    /** A table whose only partition is on {@code shard}. */
    public static TableRoute of(TableId tableId, KeySchema keySchema, ShardId shard) {
        return new TableRoute(tableId, keySchema, List.of(new Partition(HashRange.ALL, shard)));
    }

    /** The hashes in equal parts, one for each element of {@code shards}, in that order. */
    public static TableRoute evenly(TableId tableId, KeySchema keySchema, List<ShardId> shards) {
        List<Partition> partitions = new ArrayList<>(shards.size());
        for (int i = 0; i < shards.size(); i++) {
            partitions.add(new Partition(HashRange.ALL.part(i, shards.size()), shards.get(i)));
        }
        return new TableRoute(tableId, keySchema, partitions);
    }

    /** @param keyHash as {@link ItemKey#keyHash()} gives it: 32 bits, read as unsigned */
    public ShardId shardOf(int keyHash) {
        return partitionOf(keyHash).shard();
    }

    public ShardId shardOf(ItemKey key) {
        return shardOf(key.keyHash());
    }

    /** The partition that owns {@code keyHash}; O(log partitions). */
    public Partition partitionOf(int keyHash) {
        long hash = Integer.toUnsignedLong(keyHash);
        int low = 0;
        int high = partitions.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (partitions.get(middle).range().start() <= hash) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return partitions.get(low);
    }

    /** Every shard that owns a part of the table, once each, in ascending order. */
    public List<ShardId> shards() {
        return partitions.stream().map(Partition::shard).distinct().sorted().toList();
    }
}
