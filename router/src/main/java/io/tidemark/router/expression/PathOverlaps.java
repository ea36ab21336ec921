package io.tidemark.router.expression;

import io.tidemark.router.error.ExpressionErrors;
import io.tidemark.schema.expression.DocumentPath;
import java.util.HashMap;
import java.util.List;
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
        /** The first path that goes on from here by a name, and by an index. */
        private @Nullable DocumentPath firstByName;

        private @Nullable DocumentPath firstByIndex;

        private @Nullable DocumentPath firstBelow() {
            return firstByName == null ? firstByIndex : firstByName;
        }
    }

    private record Conflict(DocumentPath first, DocumentPath second) {}

    private final ExpressionErrors errors;
    private final Node root = new Node();
    private @Nullable Conflict conflict;

    private PathOverlaps(ExpressionErrors errors) {
        this.errors = errors;
    }

    /** An overlap is told before a conflict, wherever it is. */
    static void requireNone(ExpressionErrors errors, List<DocumentPath> paths) {
        PathOverlaps overlaps = new PathOverlaps(errors);
        for (DocumentPath path : paths) {
            overlaps.add(path);
        }
        Conflict conflict = overlaps.conflict;
        if (conflict != null) {
            throw errors.pathsConflict(PathResolver.show(conflict.first()), PathResolver.show(conflict.second()));
        }
    }

    private void add(DocumentPath path) {
        Node node = root;
        for (DocumentPath.Element element : path.elements()) {
            requireNoOverlap(node.end, path);
            step(node, element, path);
            node = node.children.computeIfAbsent(element, key -> new Node());
        }
        requireNoOverlap(node.end, path);
        requireNoOverlap(node.firstBelow(), path);
        node.end = path;
    }

    private void step(Node node, DocumentPath.Element element, DocumentPath path) {
        DocumentPath other = switch (element) {
            case DocumentPath.Attribute attribute -> {
                node.firstByName = node.firstByName == null ? path : node.firstByName;
                yield node.firstByIndex;
            }
            case DocumentPath.Index index -> {
                node.firstByIndex = node.firstByIndex == null ? path : node.firstByIndex;
                yield node.firstByName;
            }
        };
        if (other != null && conflict == null) {
            conflict = new Conflict(other, path);
        }
    }

    private void requireNoOverlap(@Nullable DocumentPath other, DocumentPath path) {
        if (other != null) {
            throw errors.pathsOverlap(PathResolver.show(other), PathResolver.show(path));
        }
    }
}
