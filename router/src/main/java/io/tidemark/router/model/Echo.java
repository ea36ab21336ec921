package io.tidemark.router.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value as the service repeats it in an error: quoted, structures and their members written out. */
final class Echo {
    /** Members of an attribute value in the order in which the service writes them; some exist only there. */
    private static final List<String> ATTRIBUTE_VALUE_MEMBERS = List.of(
            "S",
            "N",
            "B",
            "INT",
            "DECIMAL",
            "DOUBLE",
            "SS",
            "NS",
            "BS",
            "INTSET",
            "DECIMALSET",
            "DOUBLESET",
            "M",
            "L",
            "NULL",
            "BOOL");

    /** Longer values are cut: an error repeats what the client has sent anyway. */
    private static final int MAX_LENGTH = 64 << 10;

    private final StringBuilder text = new StringBuilder();

    private Echo() {}

    static String of(Shape shape, @Nullable JsonNode value) {
        if (value == null) {
            return "null";
        }
        Echo echo = new Echo();
        echo.value(shape, value);
        return echo.quoted();
    }

    /** As it was sent, but for spaces. */
    static String ofJson(@Nullable JsonNode value) {
        Echo echo = new Echo();
        echo.text.append(value);
        return echo.quoted();
    }

    private String quoted() {
        if (isFull()) {
            text.setLength(MAX_LENGTH);
            text.append("...");
        }
        return "'" + text + "'";
    }

    private boolean isFull() {
        return text.length() > MAX_LENGTH;
    }

    private void value(@Nullable Shape shape, JsonNode value) {
        if (isFull()) {
            return;
        }
        if (shape instanceof Shape.Structure structure) {
            structure(structure, value);
        } else if (shape instanceof Shape.AttributeValue) {
            attributeValue(value);
        } else if (value.isObject()) {
            map(shape instanceof Shape.MapOf map ? map.value() : null, value);
        } else if (value.isArray()) {
            list(shape instanceof Shape.ListOf list ? list.element() : null, value);
        } else {
            text.append(value.asText());
        }
    }

    private void structure(Shape.Structure shape, JsonNode value) {
        List<String> names = new ArrayList<>();
        shape.members().forEach(member -> names.add(member.name()));
        text.append(shape.name()).append('(');
        String separator = "";
        for (String name : names) {
            text.append(separator).append(Path.lowerFirst(name)).append('=');
            Member member = shape.member(name);
            member(member == null ? null : member.shape(), value.get(name));
            separator = ", ";
        }
        text.append(')');
    }

    private void attributeValue(JsonNode value) {
        text.append(Shape.AttributeValue.NAME).append('(');
        String separator = "";
        for (String name : ATTRIBUTE_VALUE_MEMBERS) {
            text.append(separator).append(Path.lowerFirst(name)).append('=');
            Shape shape = name.equals("M")
                    ? CommonShapes.ATTRIBUTE_MAP
                    : name.equals("L") ? CommonShapes.ATTRIBUTE_LIST : null;
            member(shape, value.get(name));
            separator = ", ";
        }
        text.append(')');
    }

    private void member(@Nullable Shape shape, @Nullable JsonNode value) {
        if (value == null) {
            text.append("null");
        } else {
            value(shape, value);
        }
    }

    private void list(@Nullable Shape element, JsonNode list) {
        text.append('[');
        for (int i = 0; i < list.size() && !isFull(); i++) {
            text.append(i == 0 ? "" : ", ");
            value(element, list.get(i));
        }
        text.append(']');
    }

    private void map(@Nullable Shape shape, JsonNode map) {
        text.append('{');
        String separator = "";
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            if (isFull()) {
                return;
            }
            text.append(separator).append(entry.getKey()).append('=');
            value(shape, entry.getValue());
            separator = ", ";
        }
        text.append('}');
    }
}
