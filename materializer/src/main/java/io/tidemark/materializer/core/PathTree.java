package io.tidemark.materializer.core;

import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.value.Utf8Order;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Document paths that begin alike, joined, so that each map and list on the way is visited once however many paths go through
 * it. A node is a leaf, which has a value, or has children.
 */
final class PathTree<T> {
    private @Nullable T leaf;
    private @Nullable TreeMap<String, PathTree<T>> attributes;
    private @Nullable TreeMap<Integer, PathTree<T>> indexes;

    @Nullable
    T leaf() {
        return leaf;
    }

    /** In the order of the names' UTF-8 bytes. */
    SortedMap<String, PathTree<T>> attributes() {
        return attributes == null ? Collections.emptySortedMap() : attributes;
    }

    SortedMap<Integer, PathTree<T>> indexes() {
        return indexes == null ? Collections.emptySortedMap() : indexes;
    }

    /** Finds the child, or makes it. */
    PathTree<T> child(DocumentPath.Element element) {
        return switch (element) {
            case DocumentPath.Attribute attribute -> {
                if (attributes == null) {
                    attributes = new TreeMap<>(Utf8Order.INSTANCE);
                }
                yield attributes.computeIfAbsent(attribute.name(), name -> new PathTree<>());
            }
            case DocumentPath.Index index -> {
                if (indexes == null) {
                    indexes = new TreeMap<>();
                }
                yield indexes.computeIfAbsent(index.value(), value -> new PathTree<>());
            }
        };
    }

    /** Makes this node a leaf; what was below it is dropped. */
    void become(T value) {
        leaf = value;
        attributes = null;
        indexes = null;
    }

    boolean hasAttributes() {
        return attributes != null;
    }

    boolean hasIndexes() {
        return indexes != null;
    }
}
