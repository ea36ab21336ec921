package io.tidemark.router.value;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ValueErrors;
import io.tidemark.router.error.ValueWording;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.value.AttributeMap;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Decimal;
import io.tidemark.schema.value.InvalidValueException;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.value.Utf8Order;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Decodes attribute values. As at the service, each member is checked on its own before it is told that there are too many of
 * them, so that a bad number beside a text is reported as a bad number. Immutable.
 */
final class AttributeValueReader {
    /** How many lists and maps may lie inside one another; the attribute itself counts as the first of the levels. */
    private static final int MAX_CONTAINERS = DocumentPath.MAX_DEPTH - 1;

    private final ValueWording wording;

    /** @param wording of what is wrong with a value */
    AttributeValueReader(ValueWording wording) {
        this.wording = wording;
    }

    AttributeValue value(JsonNode node) {
        try {
            return value(node, 0);
        } catch (InvalidValueException e) {
            throw ApiException.validation(String.valueOf(e.getMessage()));
        }
    }

    Map<String, AttributeValue> map(JsonNode node) {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            values.put(entry.getKey(), value(entry.getValue()));
        }
        return values;
    }

    Item item(JsonNode node) {
        try {
            return new Item(attributes(node, 0));
        } catch (InvalidValueException e) {
            throw ApiException.validation(String.valueOf(e.getMessage()));
        }
    }

    private AttributeMap attributes(JsonNode node, int containersAbove) {
        List<Map.Entry<String, AttributeValue>> entries = new ArrayList<>(node.size());
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            entries.add(Map.entry(entry.getKey(), value(entry.getValue(), containersAbove)));
        }
        return AttributeMap.ofEntries(entries);
    }

    private AttributeValue value(JsonNode node, int containersAbove) {
        AttributeValue found = null;
        boolean several = false;
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            several |= found != null;
            found = member(member.getKey(), member.getValue(), containersAbove);
        }
        if (several) {
            throw ValueErrors.severalTypes();
        }
        if (found == null) {
            throw ValueErrors.noType();
        }
        return found;
    }

    private AttributeValue member(String type, JsonNode node, int containersAbove) {
        return switch (type) {
            case "S" -> new AttributeValue.S(node.textValue());
            case "N" -> new AttributeValue.N(Numbers.parse(node.textValue(), wording));
            case "B" -> new AttributeValue.B(binary(node));
            case "BOOL" -> new AttributeValue.Bool(node.booleanValue());
            case "NULL" -> nothing(node);
            case "SS" -> texts(node);
            case "NS" -> numbers(node);
            case "BS" -> binaries(node);
            case "L" -> list(node, containersAbove);
            case "M" -> {
                requireLevel(containersAbove);
                yield new AttributeValue.M(attributes(node, containersAbove + 1));
            }
            default -> throw new IllegalArgumentException("no data type, and not taken out: " + type);
        };
    }

    private static AttributeValue nothing(JsonNode node) {
        if (!node.booleanValue()) {
            throw ValueErrors.falseNull();
        }
        return new AttributeValue.Null();
    }

    private AttributeValue list(JsonNode node, int containersAbove) {
        requireLevel(containersAbove);
        List<AttributeValue> values = new ArrayList<>(node.size());
        for (JsonNode element : node) {
            values.add(value(element, containersAbove + 1));
        }
        return new AttributeValue.L(values);
    }

    private static void requireLevel(int containersAbove) {
        if (containersAbove >= MAX_CONTAINERS) {
            throw ValueErrors.nesting();
        }
    }

    private AttributeValue texts(JsonNode node) {
        if (node.isEmpty()) {
            throw ValueErrors.emptySet("string");
        }
        TreeSet<String> elements = new TreeSet<>(Utf8Order.INSTANCE);
        requireNoNull(node, "string");
        for (JsonNode element : node) {
            elements.add(element.textValue());
        }
        if (elements.size() < node.size()) {
            throw ValueErrors.duplicateTexts(SetEcho.ofTexts(node, wording));
        }
        return new AttributeValue.SS(elements);
    }

    private AttributeValue numbers(JsonNode node) {
        if (node.isEmpty()) {
            throw ValueErrors.emptySet("number");
        }
        TreeSet<Decimal> elements = new TreeSet<>();
        for (JsonNode element : node) {
            elements.add(Numbers.parse(element.textValue(), wording));
        }
        if (elements.size() < node.size()) {
            throw ValueErrors.duplicateNumbers(wording);
        }
        return new AttributeValue.NS(elements);
    }

    private AttributeValue binaries(JsonNode node) {
        if (node.isEmpty()) {
            throw ValueErrors.emptyBinarySet();
        }
        TreeSet<Bytes> elements = new TreeSet<>();
        requireNoNull(node, "binary");
        for (JsonNode element : node) {
            elements.add(binary(element));
        }
        if (elements.size() < node.size()) {
            throw ValueErrors.duplicateBinaries(SetEcho.ofBinaries(node, wording));
        }
        return new AttributeValue.BS(elements);
    }

    private static void requireNoNull(JsonNode set, String type) {
        for (JsonNode element : set) {
            if (element.isNull()) {
                throw ValueErrors.nullInSet(type);
            }
        }
    }

    private static Bytes binary(JsonNode node) {
        return Bytes.wrap(Base64.getDecoder().decode(node.textValue()));
    }
}
