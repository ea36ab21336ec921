package io.tidemark.schema.expression;

import java.util.List;

/** The parts of an item that a read returns. */
public record Projection(List<DocumentPath> paths) {
    public Projection {
        paths = List.copyOf(paths);
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("a projection names at least one path");
        }
    }
}
