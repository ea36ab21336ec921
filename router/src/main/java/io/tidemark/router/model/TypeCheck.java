package io.tidemark.router.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tidemark.router.error.SerializationErrors;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/**
 * Checks that JSON has the types of a shape, in the order of the body, and makes it plain: members that are null or unknown are
 * removed, numbers become whole numbers of the shape's size, words for booleans become booleans, and null as an element of a
 * list or a value of a map becomes the empty value of its type; in a set of texts or binaries it stays. Works on the tree itself.
 */
final class TypeCheck {
    private static final int BASE64_GROUP = 4;
    private static final int MAX_PADDING = 2;
    private static final int BITS_PER_CHARACTER = 6;

    private TypeCheck() {}

    static ObjectNode structure(Shape.Structure shape, JsonNode node, boolean element) {
        ObjectNode object = requireStructure(shape, node, element);
        for (Iterator<Map.Entry<String, JsonNode>> members = object.properties().iterator(); members.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = members.next();
            Member member = shape.member(entry.getKey());
            if (member == null || entry.getValue().isNull()) {
                members.remove();
            } else {
                entry.setValue(value(member.shape(), entry.getValue(), false));
            }
        }
        return object;
    }

    private static JsonNode value(Shape shape, JsonNode node, boolean element) {
        return switch (shape) {
            case Shape.Scalar scalar -> scalar(scalar, node);
            case Shape.AttributeValue ignored -> attributeValue(node, element);
            case Shape.ListOf list -> list(list, node, element);
            case Shape.MapOf map -> map(map, node, element);
            case Shape.Structure structure -> structure(structure, node, element);
        };
    }

    private static JsonNode list(Shape.ListOf shape, JsonNode node, boolean isElement) {
        ArrayNode array = requireArray(node, isElement);
        for (int i = 0; i < array.size(); i++) {
            JsonNode element = array.get(i);
            array.set(i, element.isNull() ? empty(shape.element()) : value(shape.element(), element, true));
        }
        return array;
    }

    private static JsonNode map(Shape.MapOf shape, JsonNode node, boolean element) {
        ObjectNode object = requireMap(shape, node, element);
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            JsonNode before = entry.getValue();
            entry.setValue(before.isNull() ? empty(shape.value()) : value(shape.value(), before, true));
        }
        return object;
    }

    private static JsonNode attributeValue(JsonNode node, boolean element) {
        ObjectNode object = requireStructure(Shape.AttributeValue.SHAPE, node, element);
        for (Iterator<Map.Entry<String, JsonNode>> members = object.properties().iterator(); members.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = members.next();
            if (entry.getValue().isNull()) {
                members.remove();
                continue;
            }
            switch (entry.getKey()) {
                case "S", "N" -> scalar(Shape.Scalar.STRING, entry.getValue());
                case "B" -> requireBinary(entry.getValue());
                case "BOOL", "NULL" -> entry.setValue(scalar(Shape.Scalar.BOOLEAN, entry.getValue()));
                case "SS" -> texts(entry.getValue());
                case "NS" -> list(CommonShapes.STRINGS, entry.getValue(), false);
                case "BS" -> binaries(entry.getValue());
                case "L" -> list(CommonShapes.ATTRIBUTE_LIST, entry.getValue(), false);
                case "M" -> map(CommonShapes.ATTRIBUTE_MAP, entry.getValue(), false);
                default -> members.remove();
            }
        }
        return object;
    }

    private static void texts(JsonNode node) {
        for (JsonNode element : requireArray(node, false)) {
            if (!element.isNull()) {
                scalar(Shape.Scalar.STRING, element);
            }
        }
    }

    private static void binaries(JsonNode node) {
        for (JsonNode element : requireArray(node, false)) {
            if (!element.isNull()) {
                requireBinary(element);
            }
        }
    }

    private static JsonNode scalar(Shape.Scalar shape, JsonNode node) {
        if (node.isObject()) {
            throw SerializationErrors.unexpectedObject();
        }
        if (node.isArray()) {
            throw SerializationErrors.unexpectedArray("class " + shape.javaType());
        }
        return switch (shape) {
            case STRING -> {
                require(node.isTextual(), node, shape);
                yield node;
            }
            case INTEGER -> {
                require(node.isNumber(), node, shape);
                yield node.isInt() ? node : IntNode.valueOf(node.intValue());
            }
            case LONG -> {
                require(node.isNumber(), node, shape);
                yield node.isInt() || node.isLong() ? node : LongNode.valueOf(node.longValue());
            }
            case BOOLEAN -> node.isTextual() ? booleanWord(node.textValue()) : requireBoolean(node);
        };
    }

    private static JsonNode requireBoolean(JsonNode node) {
        require(node.isBoolean(), node, Shape.Scalar.BOOLEAN);
        return node;
    }

    /** The service takes these words, of whatever case. */
    private static JsonNode booleanWord(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> BooleanNode.TRUE;
            case "false", "no", "0" -> BooleanNode.FALSE;
            default -> throw SerializationErrors.notBoolean();
        };
    }

    private static void requireBinary(JsonNode node) {
        if (node.isObject()) {
            throw SerializationErrors.unexpectedObject();
        }
        if (node.isArray()) {
            throw SerializationErrors.unexpectedArray("class java.nio.ByteBuffer");
        }
        if (!node.isTextual()) {
            throw SerializationErrors.notBinary();
        }
        requireBase64(node.textValue());
    }

    /** RFC 4648, with padding; bits of the last character that no byte has must be zero. */
    private static void requireBase64(String text) {
        int length = text.length();
        if (length % BASE64_GROUP != 0) {
            throw SerializationErrors.base64Length(length);
        }
        int end = length;
        while (end > 0 && length - end < MAX_PADDING && text.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            if (base64Value(text.charAt(i)) < 0) {
                throw text.charAt(i) == '='
                        ? SerializationErrors.base64End()
                        : SerializationErrors.base64Character(text.charAt(i));
            }
        }
        int unusedBits = (length - end) * 2;
        if (unusedBits > 0 && (base64Value(text.charAt(end - 1)) & ((1 << unusedBits) - 1)) != 0) {
            throw SerializationErrors.base64End();
        }
    }

    private static int base64Value(char character) {
        if (character >= 'A' && character <= 'Z') {
            return character - 'A';
        }
        if (character >= 'a' && character <= 'z') {
            return character - 'a' + 26;
        }
        if (character >= '0' && character <= '9') {
            return character - '0' + 52;
        }
        return switch (character) {
            case '+' -> (1 << BITS_PER_CHARACTER) - 2;
            case '/' -> (1 << BITS_PER_CHARACTER) - 1;
            default -> -1;
        };
    }

    private static ObjectNode requireStructure(Shape shape, JsonNode node, boolean element) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        if (node.isArray()) {
            throw SerializationErrors.unexpectedArray("class " + shape.javaType());
        }
        throw element ? SerializationErrors.scalarStructure() : SerializationErrors.scalarMember();
    }

    private static ObjectNode requireMap(Shape.MapOf shape, JsonNode node, boolean element) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        if (node.isArray()) {
            throw SerializationErrors.unexpectedArray(shape.javaType());
        }
        throw element ? SerializationErrors.scalarCollection() : SerializationErrors.scalarMember();
    }

    private static ArrayNode requireArray(JsonNode node, boolean element) {
        if (node instanceof ArrayNode array) {
            return array;
        }
        if (node.isObject()) {
            throw SerializationErrors.unexpectedObject();
        }
        throw element ? SerializationErrors.scalarCollection() : SerializationErrors.scalarMember();
    }

    private static void require(boolean convertible, JsonNode node, Shape.Scalar shape) {
        if (!convertible) {
            throw SerializationErrors.cannotConvert(token(node), shape.typeName());
        }
    }

    private static String token(JsonNode node) {
        if (node.isTextual()) {
            return "STRING_VALUE";
        }
        if (node.isBoolean()) {
            return node.booleanValue() ? "TRUE_VALUE" : "FALSE_VALUE";
        }
        return node.isIntegralNumber() ? "NUMBER_VALUE" : "DECIMAL_VALUE";
    }

    private static JsonNode empty(Shape shape) {
        return switch (shape) {
            case Shape.Scalar ignored -> TextNode.valueOf("");
            case Shape.ListOf ignored -> JsonNodeFactory.instance.arrayNode();
            case Shape.AttributeValue ignored -> JsonNodeFactory.instance.objectNode();
            case Shape.MapOf ignored -> JsonNodeFactory.instance.objectNode();
            case Shape.Structure ignored -> JsonNodeFactory.instance.objectNode();
        };
    }
}
