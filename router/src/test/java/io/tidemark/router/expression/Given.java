package io.tidemark.router.expression;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.value.AttributeValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The names and values that the tests' expressions may use. */
final class Given {
    static final Map<String, String> NAMES = Map.of("#a", "a", "#b", "b", "#c", "c", "#d", "[3]", "#dot", "x.y");

    static final Map<String, AttributeValue> VALUES = Map.ofEntries(
            Map.entry(":s", new AttributeValue.S("abc")),
            Map.entry(":s2", new AttributeValue.S("abb")),
            Map.entry(":empty", new AttributeValue.S("")),
            Map.entry(":type", new AttributeValue.S("SS")),
            Map.entry(":n", AttributeValue.N.of(1)),
            Map.entry(":n2", AttributeValue.N.of(2)),
            Map.entry(":b", binary("a")),
            Map.entry(":b2", binary("b")),
            Map.entry(":bool", new AttributeValue.Bool(true)),
            Map.entry(":null", new AttributeValue.Null()),
            Map.entry(":l", new AttributeValue.L(List.of())),
            Map.entry(":m", new AttributeValue.M(new TreeMap<>())),
            Map.entry(":ss", new AttributeValue.SS(new TreeSet<>(List.of("a")))),
            Map.entry(
                    ":ns",
                    new AttributeValue.NS(
                            new TreeSet<>(List.of(AttributeValue.N.of(1).value())))),
            Map.entry(":bs", new AttributeValue.BS(new TreeSet<>(List.of(((AttributeValue.B) binary("a")).value())))));

    private Given() {}

    static Placeholders placeholders() {
        return Placeholders.of(NAMES, VALUES);
    }

    static AttributeValue value(String placeholder) {
        AttributeValue value = VALUES.get(placeholder);
        if (value == null) {
            throw new IllegalArgumentException(placeholder);
        }
        return value;
    }

    private static AttributeValue binary(String text) {
        return new AttributeValue.B(Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
