package io.tidemark.client;

import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.node.NodeReply.Position;
import io.tidemark.schema.value.Item;
import java.util.List;
import java.util.Optional;

/**
 * One page of a query or scan.
 *
 * @param lastEvaluated present if there may be more; the next page's exclusive start
 * @param scannedCount items evaluated before the filter
 * @param scannedBytes their size
 * @param positions of the replicas that answered, in the order in which they were asked
 */
public record ItemPage(
        List<Item> items,
        Optional<PrimaryKey> lastEvaluated,
        int scannedCount,
        int scannedBytes,
        List<Position> positions) {
    public ItemPage {
        items = List.copyOf(items);
        positions = List.copyOf(positions);
    }
}
