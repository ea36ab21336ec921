package io.tidemark.conformance.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;

/** Attribute values with every number in the form that AWS gives it: no exponent, no zero that could be left out. */
final class PlainNumbers {
    private PlainNumbers() {}

    static JsonNode of(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode plain = JsonNodeFactory.instance.objectNode();
                for (Map.Entry<String, JsonNode> member : object.properties()) {
                    JsonNode value = member.getValue();
                    plain.set(
                            member.getKey(),
                            switch (member.getKey()) {
                                case "N" -> value.isTextual() ? plain(value) : of(value);
                                case "NS" -> value.isArray() ? plainSet(value) : of(value);
                                default -> of(value);
                            });
                }
                yield plain;
            }
            case ArrayNode array -> {
                ArrayNode plain = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> plain.add(of(element)));
                yield plain;
            }
            default -> node;
        };
    }

    private static JsonNode plainSet(JsonNode numbers) {
        ArrayNode plain = JsonNodeFactory.instance.arrayNode();
        numbers.forEach(number -> plain.add(plain(number)));
        return Normalizer.sort(plain);
    }

    private static JsonNode plain(JsonNode number) {
        BigDecimal value = new BigDecimal(number.textValue()).stripTrailingZeros();
        return JsonNodeFactory.instance.textNode(value.signum() == 0 ? "0" : value.toPlainString());
    }
}
