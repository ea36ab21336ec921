package io.tidemark.schema.expression;

import io.tidemark.schema.value.Utf8;
import java.util.List;

/** A path into an item's document: an attribute name, then any number of map keys and list indexes. */
public record DocumentPath(List<Element> elements) {
    /** DynamoDB's limit on nesting. */
    public static final int MAX_DEPTH = 32;

    public DocumentPath {
        elements = List.copyOf(elements);
        if (elements.isEmpty() || !(elements.getFirst() instanceof Attribute)) {
            throw new IllegalArgumentException("a document path starts with an attribute name");
        }
        if (elements.size() > MAX_DEPTH) {
            throw new IllegalArgumentException("document path deeper than " + MAX_DEPTH + ": " + elements.size());
        }
    }

    public static DocumentPath of(String attribute) {
        return new DocumentPath(List.of(new Attribute(attribute)));
    }

    /** The name of the top-level attribute. */
    public String attribute() {
        return ((Attribute) elements.getFirst()).name();
    }

    public sealed interface Element permits Attribute, Index {}

    /** The attribute of an item, or the key of a map. */
    public record Attribute(String name) implements Element {
        public Attribute {
            if (name.isEmpty() || !Utf8.isWellFormed(name)) {
                throw new IllegalArgumentException("attribute name must not be empty, nor have an unpaired surrogate");
            }
        }
    }

    /** The position in a list, from 0. */
    public record Index(int value) implements Element {
        public Index {
            if (value < 0) {
                throw new IllegalArgumentException("list index must not be negative: " + value);
            }
        }
    }

    /** In the notation of DynamoDB's expressions, names unquoted: {@code a.b[2].c}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Element element : elements) {
            switch (element) {
                case Attribute attribute ->
                    text.append(text.isEmpty() ? "" : ".").append(attribute.name());
                case Index index -> text.append('[').append(index.value()).append(']');
            }
        }
        return text.toString();
    }
}
