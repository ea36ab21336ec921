package io.tidemark.launcher.demo;

import io.tidemark.client.GetRequest;
import io.tidemark.client.QueryRequest;
import io.tidemark.client.ScanRequest;
import io.tidemark.client.TidemarkClient;
import io.tidemark.schema.expression.SortKeyCondition;
import io.tidemark.schema.node.Consistency;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the demo reads back. */
final class DemoReads {
    private final TidemarkClient client;

    DemoReads(TidemarkClient client) {
        this.client = client;
    }

    /** Every page, strongly consistent. */
    Map<String, PageTotals> allPages() {
        Map<String, PageTotals> pages = new HashMap<>();
        for (Item item : client.scanAll(ScanRequest.of(DemoTables.PAGES).consistency(Consistency.STRONG))) {
            PageTotals totals = DemoTables.totals(item);
            pages.put(totals.page(), totals);
        }
        return pages;
    }

    Optional<PageTotals> page(String page, Consistency consistency) {
        return client.get(GetRequest.of(DemoTables.PAGES, DemoTables.pageKey(page))
                        .consistency(consistency))
                .map(DemoTables::totals);
    }

    /**
     * The edits of a channel within an hour of the day, in the order of time.
     *
     * @param hour beginning of the ISO time: {@code 2015-09-12T18}
     */
    List<Item> editsInHour(String channel, String hour) {
        List<Item> edits = new ArrayList<>();
        QueryRequest query = QueryRequest.of(DemoTables.EDITS, new AttributeValue.S(channel))
                .where(new SortKeyCondition.BeginsWith(new AttributeValue.S(hour)))
                .consistency(Consistency.STRONG);
        client.queryAll(query).forEach(edits::add);
        return edits;
    }
}
