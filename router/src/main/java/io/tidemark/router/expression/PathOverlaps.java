package io.tidemark.router.expression;

import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ExpressionErrors;
import io.tidemark.schema.expression.DocumentPath;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the paths of an update or a projection can go together. Two overlap if one is the other or leads to it; two
 * conflict if one takes for a map what the other takes for a list. Takes time in proportion to the paths.
 */
final class PathOverlaps {
    private static final class Node {
        private final Map<DocumentPath.Element, Node> children = new HashMap<>();
        /** The path that ends here. */
        private @Nullable DocumentPath end;
        /** The first path that went on from here by a name, and by an index. Only one of the two is there. */
        private @Nullable DocumentPath byName;

        private @Nullable DocumentPath byIndex;
    }

    private final ExpressionErrors errors;
    private final Node root = new Node();

    PathOverlaps(ExpressionErrors errors) {
        this.errors = errors;
    }

    /**
     * @param path one that stands before those added so far
     * @throws ApiException if it overlaps or conflicts with one of them
     */
    void add(DocumentPath path) {
        Node node = root;
        for (DocumentPath.Element element : path.elements()) {
            requireNoOverlap(path, node.end);
            switch (element) {
                case DocumentPath.Attribute attribute -> {
                    requireNoConflict(path, node.byIndex);
                    node.byName = node.byName == null ? path : node.byName;
                }
                case DocumentPath.Index index -> {
                    requireNoConflict(path, node.byName);
                    node.byIndex = node.byIndex == null ? path : node.byIndex;
                }
            }
            node = node.children.computeIfAbsent(element, key -> new Node());
        }
        requireNoOverlap(path, node.end);
        requireNoOverlap(path, node.byName);
        requireNoOverlap(path, node.byIndex);
        node.end = path;
    }

    private void requireNoOverlap(DocumentPath path, @Nullable DocumentPath later) {
        if (later != null) {
            throw errors.pathsOverlap(PathResolver.show(path), PathResolver.show(later));
        }
    }

    private void requireNoConflict(DocumentPath path, @Nullable DocumentPath later) {
        if (later != null) {
            throw errors.pathsConflict(PathResolver.show(path), PathResolver.show(later));
        }
    }
}
