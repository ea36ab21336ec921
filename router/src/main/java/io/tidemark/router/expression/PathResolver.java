package io.tidemark.router.expression;

import io.tidemark.router.error.ExpressionErrors;
import io.tidemark.schema.expression.DocumentPath;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;

/** Puts names in for the placeholders of document paths. */
final class PathResolver {
    private final ExpressionErrors errors;
    private final Placeholders placeholders;

    PathResolver(ExpressionErrors errors, Placeholders placeholders) {
        this.errors = errors;
        this.placeholders = placeholders;
    }

    /** Paths that go together, in their order. They are checked from the last to the first, each against those after it. */
    List<DocumentPath> resolveDistinct(List<Syntax.Path> paths) {
        LinkedList<DocumentPath> resolved = new LinkedList<>();
        PathOverlaps overlaps = new PathOverlaps(errors);
        for (Syntax.Path path : paths.reversed()) {
            DocumentPath next = resolve(path);
            overlaps.add(next);
            resolved.addFirst(next);
        }
        return resolved;
    }

    DocumentPath resolve(Syntax.Path path) {
        if (path.steps().size() > DocumentPath.MAX_DEPTH) {
            throw errors.pathTooDeep(path.steps().size());
        }
        List<DocumentPath.Element> elements = new ArrayList<>(path.steps().size());
        for (Syntax.Step step : path.steps()) {
            elements.add(element(step));
        }
        return new DocumentPath(elements);
    }

    private DocumentPath.Element element(Syntax.Step step) {
        return switch (step) {
            case Syntax.Step.Name name -> new DocumentPath.Attribute(name.name());
            case Syntax.Step.NamePlaceholder name ->
                new DocumentPath.Attribute(placeholders.name(errors, name.placeholder()));
            case Syntax.Step.Position position -> new DocumentPath.Index(position.index());
        };
    }

    /** As faults show it: {@code [a, b, [2], c]} for {@code a.b[2].c}. */
    static String show(DocumentPath path) {
        List<String> elements = new ArrayList<>(path.elements().size());
        for (DocumentPath.Element element : path.elements()) {
            elements.add(
                    switch (element) {
                        case DocumentPath.Attribute attribute -> attribute.name();
                        case DocumentPath.Index index -> "[" + index.value() + "]";
                    });
        }
        return "[" + String.join(", ", elements) + "]";
    }
}
