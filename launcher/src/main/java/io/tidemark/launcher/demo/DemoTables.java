package io.tidemark.launcher.demo;

import io.tidemark.client.PutRequest;
import io.tidemark.client.UpdateRequest;
import io.tidemark.schema.catalog.TableSpec;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.expression.UpdateValue;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import java.util.Map;

/**
 * The demo's two tables: {@code pages} counts the edits of each page, {@code edits} holds every edit by channel and time.
 */
public final class DemoTables {
    public static final String PAGES = "pages";
    public static final String EDITS = "edits";

    public static final TableSpec PAGES_SPEC = TableSpec.of(PAGES, KeySchema.of(new KeyAttribute("page", KeyType.S)));
    public static final TableSpec EDITS_SPEC = TableSpec.of(
            EDITS, KeySchema.of(new KeyAttribute("channel", KeyType.S), new KeyAttribute("time_page", KeyType.S)));

    private DemoTables() {}

    /** Adds the edit to its page's counters and notes who made it. */
    public static UpdateRequest countEdit(Edit edit) {
        return UpdateRequest.of(
                PAGES,
                pageKey(edit.page()),
                UpdateExpression.of(
                        add("edits", 1),
                        add("added", edit.added()),
                        add("deleted", edit.deleted()),
                        set("last_user", edit.user()),
                        set("last_time", edit.timeText())));
    }

    public static PutRequest putEdit(Edit edit) {
        return PutRequest.of(
                EDITS,
                Item.of(Map.of(
                        "channel", new AttributeValue.S(edit.channel()),
                        "time_page", new AttributeValue.S(edit.timeText() + " " + edit.page()),
                        "page", new AttributeValue.S(edit.page()),
                        "user", new AttributeValue.S(edit.user()),
                        "added", AttributeValue.N.of(edit.added()),
                        "deleted", AttributeValue.N.of(edit.deleted()),
                        "comment", new AttributeValue.S(edit.comment()))));
    }

    public static PrimaryKey pageKey(String page) {
        return PrimaryKey.of(new AttributeValue.S(page));
    }

    /** @throws IllegalStateException if the item lacks an attribute that {@link #countEdit} writes */
    public static PageTotals totals(Item item) {
        return new PageTotals(
                text(item, "page"),
                number(item, "edits"),
                number(item, "added"),
                number(item, "deleted"),
                text(item, "last_user"),
                text(item, "last_time"));
    }

    static String text(Item item, String name) {
        if (item.get(name) instanceof AttributeValue.S text) {
            return text.value();
        }
        throw new IllegalStateException("item has no text attribute " + name);
    }

    private static long number(Item item, String name) {
        if (item.get(name) instanceof AttributeValue.N number) {
            return number.value().value().longValueExact();
        }
        throw new IllegalStateException("item has no number attribute " + name);
    }

    private static UpdateAction add(String attribute, long value) {
        return new UpdateAction.Add(DocumentPath.of(attribute), AttributeValue.N.of(value));
    }

    private static UpdateAction set(String attribute, String value) {
        return new UpdateAction.Set(DocumentPath.of(attribute), new UpdateValue.Literal(new AttributeValue.S(value)));
    }
}
