package io.tidemark.launcher.item;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Decimal;
import io.tidemark.schema.value.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON as everybody writes it. Sets are shown as arrays and binary as Base64: reading it back gives lists and strings. */
public final class PlainJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private PlainJson() {}

    /** @throws io.tidemark.schema.value.InvalidValueException if a value is not admissible */
    static AttributeValue read(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> new AttributeValue.S(node.textValue());
            case NUMBER -> new AttributeValue.N(new Decimal(node.decimalValue()));
            case BOOLEAN -> new AttributeValue.Bool(node.booleanValue());
            case NULL -> new AttributeValue.Null();
            case ARRAY -> {
                List<AttributeValue> values = new ArrayList<>();
                node.forEach(element -> values.add(read(element)));
                yield new AttributeValue.L(values);
            }
            case OBJECT -> {
                Map<String, AttributeValue> values = new TreeMap<>();
                node.properties().forEach(field -> values.put(field.getKey(), read(field.getValue())));
                yield AttributeValue.M.of(values);
            }
            case BINARY, MISSING, POJO -> throw new IllegalStateException("not read from a text: " + node);
        };
    }

    public static ObjectNode write(Item item) {
        ObjectNode object = NODES.objectNode();
        item.attributes().forEach((name, value) -> object.set(name, write(value)));
        return object;
    }

    public static JsonNode write(AttributeValue value) {
        return switch (value) {
            case AttributeValue.S text -> NODES.textNode(text.value());
            case AttributeValue.N number -> NODES.numberNode(number.value().value());
            case AttributeValue.B binary -> NODES.textNode(DynamoJson.base64(binary.value()));
            case AttributeValue.Bool bool -> NODES.booleanNode(bool.value());
            case AttributeValue.Null ignored -> NODES.nullNode();
            case AttributeValue.L list -> {
                ArrayNode array = NODES.arrayNode();
                list.values().forEach(element -> array.add(write(element)));
                yield array;
            }
            case AttributeValue.M map -> {
                ObjectNode object = NODES.objectNode();
                map.values().forEach((name, element) -> object.set(name, write(element)));
                yield object;
            }
            case AttributeValue.SS set -> {
                ArrayNode array = NODES.arrayNode();
                set.values().forEach(array::add);
                yield array;
            }
            case AttributeValue.NS set -> {
                ArrayNode array = NODES.arrayNode();
                set.values().forEach(number -> array.add(number.value()));
                yield array;
            }
            case AttributeValue.BS set -> {
                ArrayNode array = NODES.arrayNode();
                set.values().forEach(binary -> array.add(DynamoJson.base64(binary)));
                yield array;
            }
        };
    }
}
