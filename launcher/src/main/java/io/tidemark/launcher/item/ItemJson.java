package io.tidemark.launcher.item;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.InvalidValueException;
import io.tidemark.schema.value.Item;
import java.util.Map;
import java.util.TreeMap;

/**
 * Items as JSON. An object whose every field is an object with one type descriptor ({@code {"page": {"S": "x"}}}) is read as
 * DynamoDB's own notation, anything else as plain JSON ({@code {"page": "x"}}).
 */
public final class ItemJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private ItemJson() {}

    /** @throws InvalidInputException if the text is no JSON object, or a value is not admissible */
    public static Item parse(String text) {
        JsonNode node = tree(text);
        if (!(node instanceof ObjectNode object)) {
            throw new InvalidInputException(
                    "an item is a JSON object such as {\"page\": \"x\"} or {\"page\": {\"S\": \"x\"}}, not "
                            + shortened(text));
        }
        boolean typed = !object.isEmpty()
                && object.properties().stream().allMatch(field -> DynamoJson.isTyped(field.getValue()));
        Map<String, AttributeValue> attributes = new TreeMap<>();
        try {
            object.properties()
                    .forEach(field -> attributes.put(
                            field.getKey(),
                            typed ? DynamoJson.read(field.getValue()) : PlainJson.read(field.getValue())));
            return Item.of(attributes);
        } catch (InvalidValueException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * One value: JSON where it is some, in either notation; else the text itself as a string.
     *
     * @throws InvalidInputException if a value is not admissible
     */
    public static AttributeValue value(String text) {
        JsonNode node;
        try {
            node = MAPPER.readTree(text);
        } catch (JsonProcessingException noJson) {
            return new AttributeValue.S(text);
        }
        try {
            if (node.isMissingNode()) {
                return new AttributeValue.S(text);
            }
            return DynamoJson.isTyped(node) ? DynamoJson.read(node) : PlainJson.read(node);
        } catch (InvalidValueException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
    }

    private static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException("not JSON: " + e.getOriginalMessage() + ": " + shortened(text), e);
        }
    }

    static String shortened(String text) {
        return text.length() > 80 ? text.substring(0, 79) + "…" : text;
    }
}
