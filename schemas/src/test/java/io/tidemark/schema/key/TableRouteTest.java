package io.tidemark.schema.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableRouteTest {
    private static final TableId TABLE = new TableId(7);
    private static final KeySchema SCHEMA = KeySchema.of(new KeyAttribute("id", KeyType.S));

    @Test
    void everyHashHasExactlyOneShard() {
        TableRoute route = TableRoute.evenly(TABLE, SCHEMA, List.of(new ShardId(2), new ShardId(0), new ShardId(5)));
        for (TableRoute.Partition partition : route.partitions()) {
            assertThat(route.shardOf((int) partition.range().start())).isEqualTo(partition.shard());
            assertThat(route.shardOf((int) (partition.range().end() - 1))).isEqualTo(partition.shard());
        }
        assertThat(route.shardOf(0)).isEqualTo(new ShardId(2));
        assertThat(route.shardOf(-1)).isEqualTo(new ShardId(5));
        assertThat(route.shards()).containsExactly(new ShardId(0), new ShardId(2), new ShardId(5));
    }

    @Test
    void aGapBetweenPartitionsIsRefused() {
        assertThatThrownBy(() -> new TableRoute(
                        TABLE,
                        SCHEMA,
                        List.of(
                                new TableRoute.Partition(new HashRange(0, 16), new ShardId(0)),
                                new TableRoute.Partition(new HashRange(17, HashRange.HASH_COUNT), new ShardId(1)))))
                .hasMessageContaining("must start at 10");
    }

    @Test
    void overlappingPartitionsAreRefused() {
        assertThatThrownBy(() -> new TableRoute(
                        TABLE,
                        SCHEMA,
                        List.of(
                                new TableRoute.Partition(new HashRange(0, 16), new ShardId(0)),
                                new TableRoute.Partition(new HashRange(15, HashRange.HASH_COUNT), new ShardId(1)))))
                .hasMessageContaining("must start at 10");
    }

    @Test
    void hashesWithoutAnOwnerAreRefused() {
        assertThatThrownBy(() -> new TableRoute(
                        TABLE, SCHEMA, List.of(new TableRoute.Partition(new HashRange(0, 256), new ShardId(0)))))
                .hasMessageContaining("no partition owns the hashes from 100");
        assertThatThrownBy(() -> new TableRoute(TABLE, SCHEMA, List.of())).hasMessageContaining("no partition owns");
    }
}
