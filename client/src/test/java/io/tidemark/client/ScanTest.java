package io.tidemark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.client.ClusterNodes.ZoneNodes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.key.ItemKey;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeyEncoding;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.node.NodeReply;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScanTest {
    private static final String TABLE = "numbers";
    private static final int ITEMS = 200;
    private static final KeySchema KEY_SCHEMA = KeySchema.of(new KeyAttribute("n", KeyType.N));
    private static final TableId TABLE_ID = new TableId(3);
    private static final TableRoute ROUTE = TableRoute.evenly(
            TABLE_ID, KEY_SCHEMA, IntStream.range(0, 7).mapToObj(ShardId::new).toList());

    private final TreeMap<ItemKey, Item> items = new TreeMap<>();
    private final List<NodeRequest.Scan> scans = new ArrayList<>();
    private final ScriptedNode node = new ScriptedNode("node", this::scan);
    private final TidemarkClient client = new TidemarkClient(
            new ClusterNodes(List.of(new ZoneNodes(new Zone("a"), List.of(node)))),
            FixedRoutes.of(TABLE, ROUTE),
            ClientConfig.DEFAULT,
            new SplittableRandom(1));

    ScanTest() {
        for (int i = 0; i < ITEMS; i++) {
            AttributeValue number = AttributeValue.N.of(i);
            items.put(KeyEncoding.encode(TABLE_ID, KEY_SCHEMA, PrimaryKey.of(number)), Item.of(Map.of("n", number)));
        }
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    /** As a shard does: only in its own range, in key order, with a last key where the limit ended the page. */
    private CompletionStage<NodeReply> scan(NodeRequest request) {
        NodeRequest.Scan scan = (NodeRequest.Scan) request;
        scans.add(scan);
        assertThat(ROUTE.partitions())
                .anyMatch(partition -> partition.shard().equals(scan.shard())
                        && partition.range().contains(scan.range()));
        List<Map.Entry<ItemKey, Item>> inRange = items.entrySet().stream()
                .filter(entry -> scan.range().contains(entry.getKey().keyHash()))
                .filter(entry -> scan.exclusiveStart().isEmpty()
                        || entry.getKey()
                                        .compareTo(KeyEncoding.encode(
                                                TABLE_ID,
                                                KEY_SCHEMA,
                                                scan.exclusiveStart().get()))
                                > 0)
                .limit(scan.limit())
                .toList();
        Optional<PrimaryKey> last = inRange.size() < scan.limit()
                ? Optional.empty()
                : Optional.of(KeyEncoding.decode(KEY_SCHEMA, inRange.getLast().getKey()));
        return CompletableFuture.completedFuture(new NodeReply.Page(
                inRange.stream().map(Map.Entry::getValue).toList(),
                last,
                inRange.size(),
                inRange.size(),
                new NodeReply.Position(new Zone("a"), scan.shard(), Lsn.FIRST)));
    }

    @Test
    void aPageSpansPartitions() {
        ItemPage page = client.scan(ScanRequest.of(TABLE));
        assertThat(page.items()).containsExactlyElementsOf(items.values());
        assertThat(page.lastEvaluated()).isEmpty();
        assertThat(page.scannedCount()).isEqualTo(ITEMS);
        assertThat(page.positions()).hasSize(ROUTE.partitions().size());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 7", "1, 200", "3, 1", "3, 9", "5, 10000", "11, 2"})
    void segmentsAndPagesTogetherGiveEveryItemOnceAndInOrder(int segments, int limit) {
        List<Item> found = new ArrayList<>();
        for (int segment = 0; segment < segments; segment++) {
            client.scanAll(ScanRequest.of(TABLE).segment(segment, segments).limit(limit))
                    .forEach(found::add);
        }
        assertThat(found).containsExactlyElementsOf(items.values());
        assertThat(scans).allMatch(scan -> scan.limit() <= limit);
    }

    @Test
    void aPageNeverEvaluatesMoreThanItsLimit() {
        ScanRequest request = ScanRequest.of(TABLE).limit(45);
        ItemPage page = client.scan(request);
        assertThat(page.items()).hasSize(45);
        assertThat(page.lastEvaluated()).isPresent();
    }

    @Test
    void thePartitionsOfAPageShareItsBytes() {
        client.scan(ScanRequest.of(TABLE));
        int before = 0;
        for (NodeRequest.Scan scan : scans) {
            assertThat(scan.maxBytes()).isEqualTo(NodeRequest.MAX_PAGE_BYTES - before);
            before += (int) items.keySet().stream()
                    .filter(key -> scan.range().contains(key.keyHash()))
                    .count();
        }
        assertThat(before).isEqualTo(ITEMS);
    }

    @Test
    void aStartKeyOutsideTheSegmentIsRefused() {
        PrimaryKey first = KeyEncoding.decode(KEY_SCHEMA, items.firstKey());
        assertThatThrownBy(() -> client.scan(ScanRequest.of(TABLE).segment(2, 3).after(first)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("segment");
    }
}
