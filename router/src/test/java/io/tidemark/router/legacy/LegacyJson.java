package io.tidemark.router.legacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.value.AttributeValue;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Parameters as the tests write them, with single quotes, and the attribute values in them. */
final class LegacyJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private LegacyJson() {}

    /** Of nothing, as of a parameter that the request has not. */
    static JsonNode read(String text) {
        if (text.isEmpty()) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static AttributeValue value(String text) {
        return value(read(text));
    }

    static AttributeValue value(JsonNode json) {
        if (json.size() != 1) {
            throw ApiException.validation("not one type: " + json);
        }
        Map.Entry<String, JsonNode> member = json.properties().iterator().next();
        JsonNode content = member.getValue();
        return switch (member.getKey()) {
            case "S" -> new AttributeValue.S(content.asText());
            case "N" -> AttributeValue.N.of(content.asText());
            case "B" -> new AttributeValue.B(Bytes.wrap(Base64.getDecoder().decode(content.asText())));
            case "BOOL" -> new AttributeValue.Bool(content.asBoolean());
            case "NULL" -> new AttributeValue.Null();
            case "SS" -> {
                TreeSet<String> texts = new TreeSet<>();
                content.forEach(text -> texts.add(text.asText()));
                yield new AttributeValue.SS(texts);
            }
            case "L" -> {
                List<AttributeValue> values = new ArrayList<>();
                content.forEach(element -> values.add(value(element)));
                yield new AttributeValue.L(values);
            }
            case "M" -> new AttributeValue.M(new TreeMap<>());
            default -> throw ApiException.validation("not a type of these tests: " + member.getKey());
        };
    }
}
