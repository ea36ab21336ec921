package io.tidemark.launcher.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.client.ItemPage;
import io.tidemark.launcher.item.DynamoJson;
import io.tidemark.launcher.item.PlainJson;
import io.tidemark.launcher.output.Counted;
import io.tidemark.launcher.output.Output;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.value.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects pages until there are as many items as were asked for. */
final class ItemPages {
    private final int limit;
    private final List<Item> items = new ArrayList<>();
    private Optional<PrimaryKey> lastEvaluated = Optional.empty();
    private long scanned;
    private boolean begun;

    ItemPages(int limit) {
        this.limit = limit;
    }

    boolean wantsMore() {
        return items.size() < limit && (!begun || lastEvaluated.isPresent());
    }

    int nextLimit() {
        return Math.min(limit - items.size(), NodeRequest.MAX_PAGE_ITEMS);
    }

    Optional<PrimaryKey> lastEvaluated() {
        return lastEvaluated;
    }

    void add(ItemPage page) {
        begun = true;
        items.addAll(page.items());
        scanned += page.scannedCount();
        lastEvaluated = page.lastEvaluated();
    }

    void print(Output output, KeySchema schema) {
        ObjectNode json = Output.newObject();
        ArrayNode array = json.putArray("items");
        items.forEach(item -> array.add(DynamoJson.write(item)));
        json.put("count", items.size()).put("scannedCount", scanned);
        lastEvaluated.ifPresent(key -> json.set("lastEvaluatedKey", DynamoJson.write(schema, key)));
        output.print(json, () -> {
            StringBuilder text = new StringBuilder();
            items.forEach(
                    item -> text.append(Output.compact(PlainJson.write(item))).append('\n'));
            return text.toString();
        });
        if (!output.json()) {
            output.note(Counted.of(items.size(), "item")
                    + lastEvaluated
                            .map(key -> "; there may be more: a greater --limit, or --start-after '"
                                    + Output.compact(DynamoJson.write(schema, key)) + "'")
                            .orElse(""));
        }
    }
}
