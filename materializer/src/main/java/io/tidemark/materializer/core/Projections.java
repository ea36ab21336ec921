package io.tidemark.materializer.core;

import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.Projection;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.value.Utf8Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Cuts out the parts of an item that a projection names, in the structure that they lie in. Elements of a list keep their order
 * and move together; a map or list in which nothing is found is left out. A path that another one contains adds nothing.
 */
public final class Projections {
    private static final Boolean WHOLE = true;

    private Projections() {}

    /** Without attributes if nothing is found. */
    public static Item project(Item item, Projection projection) {
        return project(item, projection.paths());
    }

    static Item project(Item item, List<DocumentPath> paths) {
        TreeMap<String, AttributeValue> found = new TreeMap<>(Utf8Order.INSTANCE);
        for (Map.Entry<String, PathTree<Boolean>> entry :
                join(paths).attributes().entrySet()) {
            AttributeValue part = part(item.get(entry.getKey()), entry.getValue());
            if (part != null) {
                found.put(entry.getKey(), part);
            }
        }
        return found.isEmpty() ? Item.EMPTY : new Item(found);
    }

    private static PathTree<Boolean> join(List<DocumentPath> paths) {
        PathTree<Boolean> root = new PathTree<>();
        for (DocumentPath path : paths) {
            PathTree<Boolean> node = root;
            for (DocumentPath.Element element : path.elements()) {
                if (node.leaf() != null) {
                    break;
                }
                node = node.child(element);
            }
            node.become(WHOLE);
        }
        return root;
    }

    private static @Nullable AttributeValue part(@Nullable AttributeValue value, PathTree<Boolean> node) {
        if (value == null || node.leaf() != null) {
            return value;
        }
        if (value instanceof AttributeValue.M map) {
            return part(map, node.attributes());
        }
        return value instanceof AttributeValue.L list ? part(list, node.indexes()) : null;
    }

    private static @Nullable AttributeValue part(AttributeValue.M map, SortedMap<String, PathTree<Boolean>> nodes) {
        TreeMap<String, AttributeValue> found = new TreeMap<>(Utf8Order.INSTANCE);
        for (Map.Entry<String, PathTree<Boolean>> entry : nodes.entrySet()) {
            AttributeValue part = part(map.values().get(entry.getKey()), entry.getValue());
            if (part != null) {
                found.put(entry.getKey(), part);
            }
        }
        return found.isEmpty() ? null : new AttributeValue.M(found);
    }

    private static @Nullable AttributeValue part(AttributeValue.L list, SortedMap<Integer, PathTree<Boolean>> nodes) {
        List<AttributeValue> found = new ArrayList<>(nodes.size());
        for (Map.Entry<Integer, PathTree<Boolean>> entry : nodes.entrySet()) {
            int index = entry.getKey();
            AttributeValue part =
                    index < list.values().size() ? part(list.values().get(index), entry.getValue()) : null;
            if (part != null) {
                found.add(part);
            }
        }
        return found.isEmpty() ? null : new AttributeValue.L(found);
    }
}
