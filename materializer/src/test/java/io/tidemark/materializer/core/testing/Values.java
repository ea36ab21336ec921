package io.tidemark.materializer.core.testing;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Decimal;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.value.Utf8Order;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Short names for attribute values, items and paths. */
public final class Values {
    private static final Pattern PATH_ELEMENT = Pattern.compile("\\[(\\d+)]|([^.\\[\\]]+)");

    private Values() {}

    public static AttributeValue s(String text) {
        return new AttributeValue.S(text);
    }

    public static AttributeValue n(long number) {
        return AttributeValue.N.of(number);
    }

    public static AttributeValue n(String number) {
        return AttributeValue.N.of(number);
    }

    /** The UTF-8 bytes of {@code text}. */
    public static AttributeValue b(String text) {
        return new AttributeValue.B(bytes(text));
    }

    public static AttributeValue bool(boolean value) {
        return new AttributeValue.Bool(value);
    }

    public static AttributeValue nul() {
        return new AttributeValue.Null();
    }

    public static AttributeValue list(AttributeValue... values) {
        return new AttributeValue.L(List.of(values));
    }

    public static AttributeValue ss(String... members) {
        TreeSet<String> set = new TreeSet<>(Utf8Order.INSTANCE);
        set.addAll(List.of(members));
        return new AttributeValue.SS(set);
    }

    public static AttributeValue ns(long... members) {
        TreeSet<Decimal> set = new TreeSet<>();
        for (long member : members) {
            set.add(Decimal.of(member));
        }
        return new AttributeValue.NS(set);
    }

    public static AttributeValue bs(String... members) {
        TreeSet<Bytes> set = new TreeSet<>();
        for (String member : members) {
            set.add(bytes(member));
        }
        return new AttributeValue.BS(set);
    }

    /** @param namesAndValues in turn */
    public static AttributeValue map(Object... namesAndValues) {
        return new AttributeValue.M(attributes(namesAndValues));
    }

    /** @param namesAndValues in turn */
    public static Item item(Object... namesAndValues) {
        return new Item(attributes(namesAndValues));
    }

    /** Reads {@code a.b[2].c}; names have neither dots nor brackets. */
    public static DocumentPath path(String text) {
        List<DocumentPath.Element> elements = new ArrayList<>();
        Matcher matcher = PATH_ELEMENT.matcher(text);
        while (matcher.find()) {
            elements.add(
                    matcher.group(1) == null
                            ? new DocumentPath.Attribute(matcher.group(2))
                            : new DocumentPath.Index(Integer.parseInt(matcher.group(1))));
        }
        return new DocumentPath(elements);
    }

    private static TreeMap<String, AttributeValue> attributes(Object... namesAndValues) {
        TreeMap<String, AttributeValue> attributes = new TreeMap<>(Utf8Order.INSTANCE);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            attributes.put((String) namesAndValues[i], (AttributeValue) namesAndValues[i + 1]);
        }
        return attributes;
    }

    private static Bytes bytes(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
