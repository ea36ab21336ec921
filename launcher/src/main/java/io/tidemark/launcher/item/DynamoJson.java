package io.tidemark.launcher.item;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Decimal;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.value.Utf8Order;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** DynamoDB's JSON: every value says its type, so that nothing is lost. */
public final class DynamoJson {
    private static final Set<String> TYPES = Set.of("S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private DynamoJson() {}

    /** Whether the node is an object with one type descriptor and a value of that form. */
    static boolean isTyped(JsonNode node) {
        if (!node.isObject() || node.size() != 1) {
            return false;
        }
        String type = node.fieldNames().next();
        JsonNode value = node.get(type);
        return TYPES.contains(type)
                && switch (type) {
                    case "S", "N", "B" -> value.isTextual();
                    case "BOOL", "NULL" -> value.isBoolean();
                    case "M" -> value.isObject();
                    default -> value.isArray();
                };
    }

    /**
     * @throws InvalidInputException if a value inside has another form
     * @throws io.tidemark.schema.value.InvalidValueException if a value is not admissible
     */
    static AttributeValue read(JsonNode node) {
        if (!isTyped(node)) {
            throw new InvalidInputException(
                    "a value of DynamoDB's JSON is an object such as {\"S\": \"x\"} or {\"N\": \"1\"}, not "
                            + ItemJson.shortened(node.toString()));
        }
        String type = node.fieldNames().next();
        JsonNode value = node.get(type);
        return switch (type) {
            case "S" -> new AttributeValue.S(value.textValue());
            case "N" -> AttributeValue.N.of(value.textValue());
            case "B" -> new AttributeValue.B(bytes(value));
            case "BOOL" -> new AttributeValue.Bool(value.booleanValue());
            case "NULL" -> new AttributeValue.Null();
            case "L" -> {
                List<AttributeValue> values = new ArrayList<>();
                value.forEach(element -> values.add(read(element)));
                yield new AttributeValue.L(values);
            }
            case "M" -> {
                Map<String, AttributeValue> values = new TreeMap<>();
                value.properties().forEach(field -> values.put(field.getKey(), read(field.getValue())));
                yield AttributeValue.M.of(values);
            }
            case "SS" -> new AttributeValue.SS(elements(value, new TreeSet<>(Utf8Order.INSTANCE), JsonNode::textValue));
            case "NS" ->
                new AttributeValue.NS(elements(value, new TreeSet<>(), text -> Decimal.parse(text.textValue())));
            case "BS" -> new AttributeValue.BS(elements(value, new TreeSet<>(), DynamoJson::bytes));
            default -> throw new IllegalStateException("no type: " + type);
        };
    }

    private static <T> TreeSet<T> elements(JsonNode array, TreeSet<T> into, Function<JsonNode, T> element) {
        for (JsonNode node : array) {
            if (!node.isTextual()) {
                throw new InvalidInputException("the elements of a set are strings in DynamoDB's JSON, not " + node);
            }
            into.add(element.apply(node));
        }
        return into;
    }

    private static Bytes bytes(JsonNode base64) {
        try {
            return Bytes.wrap(Base64.getDecoder().decode(base64.textValue()));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("binary values are written in Base64: " + e.getMessage(), e);
        }
    }

    public static ObjectNode write(Item item) {
        ObjectNode object = NODES.objectNode();
        item.attributes().forEach((name, value) -> object.set(name, write(value)));
        return object;
    }

    /** The key attributes by the names that the schema gives them. */
    public static ObjectNode write(KeySchema schema, PrimaryKey key) {
        ObjectNode object = NODES.objectNode();
        object.set(schema.partitionKey().name(), write(key.partition()));
        schema.sortKey().ifPresent(sort -> key.sort().ifPresent(value -> object.set(sort.name(), write(value))));
        return object;
    }

    public static ObjectNode write(AttributeValue value) {
        ObjectNode object = NODES.objectNode();
        return switch (value) {
            case AttributeValue.S text -> object.put("S", text.value());
            case AttributeValue.N number -> object.put("N", number.value().toString());
            case AttributeValue.B binary -> object.put("B", base64(binary.value()));
            case AttributeValue.Bool bool -> object.put("BOOL", bool.value());
            case AttributeValue.Null ignored -> object.put("NULL", true);
            case AttributeValue.L list -> {
                ArrayNode array = object.putArray("L");
                list.values().forEach(element -> array.add(write(element)));
                yield object;
            }
            case AttributeValue.M map -> {
                ObjectNode fields = object.putObject("M");
                map.values().forEach((name, element) -> fields.set(name, write(element)));
                yield object;
            }
            case AttributeValue.SS set -> {
                set.values().forEach(object.putArray("SS")::add);
                yield object;
            }
            case AttributeValue.NS set -> {
                ArrayNode array = object.putArray("NS");
                set.values().forEach(number -> array.add(number.toString()));
                yield object;
            }
            case AttributeValue.BS set -> {
                ArrayNode array = object.putArray("BS");
                set.values().forEach(binary -> array.add(base64(binary)));
                yield object;
            }
        };
    }

    static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
