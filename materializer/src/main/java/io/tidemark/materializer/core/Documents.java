package io.tidemark.materializer.core;

import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds places in the document that an item is, and measures its nesting. */
final class Documents {
    /**
     * How many lists and maps may lie inside one another below an item. DynamoDB admits 32 levels and counts the item itself as
     * the first.
     */
    static final int MAX_NESTED_CONTAINERS = DocumentPath.MAX_DEPTH - 1;

    private Documents() {}

    /** What is at the path; null if nothing is, also where the path takes a map for a list or the other way round. */
    static @Nullable AttributeValue find(Item item, DocumentPath path) {
        List<DocumentPath.Element> elements = path.elements();
        AttributeValue value = item.get(path.attribute());
        for (int i = 1; i < elements.size() && value != null; i++) {
            value = child(value, elements.get(i));
        }
        return value;
    }

    private static @Nullable AttributeValue child(AttributeValue parent, DocumentPath.Element element) {
        return switch (element) {
            case DocumentPath.Attribute attribute ->
                parent instanceof AttributeValue.M map ? map.values().get(attribute.name()) : null;
            case DocumentPath.Index index ->
                parent instanceof AttributeValue.L list
                                && index.value() < list.values().size()
                        ? list.values().get(index.value())
                        : null;
        };
    }

    static boolean isNestedTooDeep(Item item) {
        for (AttributeValue value : item.attributes().values()) {
            if (isNestedTooDeep(value, 0)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Looks no deeper than the limit, so that no nesting can exhaust the stack.
     *
     * @param containersAbove how many lists and maps the value lies in, the item not counted
     */
    static boolean isNestedTooDeep(AttributeValue value, int containersAbove) {
        Iterable<AttributeValue> children = children(value);
        if (children == null) {
            return false;
        }
        if (containersAbove >= MAX_NESTED_CONTAINERS) {
            return true;
        }
        for (AttributeValue child : children) {
            if (isNestedTooDeep(child, containersAbove + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Null for what is neither a list nor a map. */
    private static @Nullable Iterable<AttributeValue> children(AttributeValue value) {
        return switch (value) {
            case AttributeValue.L list -> list.values();
            case AttributeValue.M map -> map.values().values();
            case AttributeValue.S scalar -> null;
            case AttributeValue.N scalar -> null;
            case AttributeValue.B scalar -> null;
            case AttributeValue.Bool scalar -> null;
            case AttributeValue.Null scalar -> null;
            case AttributeValue.SS set -> null;
            case AttributeValue.NS set -> null;
            case AttributeValue.BS set -> null;
        };
    }
}
