package io.tidemark.router.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ErrorType;
import io.tidemark.router.operation.OperationName;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever a client sends, it gets an error of its own or is let through with the types that operations rely on. */
class RandomBodiesTest {
    private static final int BODIES_PER_OPERATION = 3_000;
    private static final Set<String> DATA_TYPES = Set.of("S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M");
    private static final List<String> TEXTS = List.of(
            "abc",
            "",
            "a",
            "true",
            "FALSE",
            "AAAA",
            "AA==",
            "A",
            "=",
            "arn:aws:dynamodb:us-east-1:1:table/abc",
            "arn:",
            "HASH",
            "PUT",
            "EQ",
            "S",
            "\u0000",
            "\ud800",
            "x".repeat(300),
            "[a-z]",
            "-1",
            "NONE",
            "ALL_OLD");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Test
    void anyBodyIsRefusedOrHasItsTypesAfterTheCheck() {
        long seed = 20_261_120;
        Random random = new Random(seed);
        Set<ErrorType> errors = EnumSet.noneOf(ErrorType.class);
        int accepted = 0;
        for (OperationName operation : OperationName.values()) {
            for (int i = 0; i < BODIES_PER_OPERATION; i++) {
                JsonNode body = value(random, Shapes.input(operation), 0);
                String text = body.toString();
                try {
                    requireStructure(Shapes.input(operation), Shapes.check(operation, body));
                    accepted++;
                } catch (ApiException refused) {
                    errors.add(refused.type());
                } catch (RuntimeException | StackOverflowError broken) {
                    throw new AssertionError("seed " + seed + ", " + operation + " " + text, broken);
                }
            }
        }
        assertThat(errors).containsExactlyInAnyOrder(ErrorType.SERIALIZATION, ErrorType.VALIDATION);
        assertThat(accepted).isGreaterThan(1_000);
    }

    /** Mostly of the shape, sometimes of another, sometimes of none. */
    private static JsonNode value(Random random, Shape shape, int depth) {
        int dice = random.nextInt(40);
        if (dice == 0 || depth > 12) {
            return JSON.nullNode();
        }
        if (dice == 1) {
            return anything(random, depth);
        }
        return switch (shape) {
            case Shape.Scalar scalar -> scalar(random, scalar);
            case Shape.AttributeValue ignored -> attributeValue(random, depth);
            case Shape.ListOf list -> {
                ArrayNode array = JSON.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(random, list.element(), depth + 1));
                }
                yield array;
            }
            case Shape.MapOf map -> {
                ObjectNode object = JSON.objectNode();
                for (int i = random.nextInt(3); i > 0; i--) {
                    object.set(text(random), value(random, map.value(), depth + 1));
                }
                yield object;
            }
            case Shape.Structure structure -> {
                ObjectNode object = JSON.objectNode();
                for (Member member : structure.members()) {
                    if (random.nextInt(3) > 0) {
                        object.set(member.name(), value(random, member.shape(), depth + 1));
                    }
                }
                yield object;
            }
        };
    }

    private static JsonNode scalar(Random random, Shape.Scalar shape) {
        return switch (shape) {
            case STRING -> JSON.textNode(text(random));
            case INTEGER, LONG ->
                switch (random.nextInt(5)) {
                    case 0 -> JSON.numberNode(random.nextLong());
                    case 1 -> JSON.numberNode(random.nextDouble() * 1e300);
                    case 2 -> JSON.numberNode(new java.math.BigInteger(200, random));
                    default -> JSON.numberNode(random.nextInt(5));
                };
            case BOOLEAN -> JSON.booleanNode(random.nextBoolean());
        };
    }

    private static JsonNode attributeValue(Random random, int depth) {
        ObjectNode object = JSON.objectNode();
        for (int i = random.nextInt(8) == 0 ? 2 : 1; i > 0; i--) {
            String type = pick(random, List.copyOf(new java.util.TreeSet<>(DATA_TYPES)));
            Shape shape = switch (type) {
                case "S", "N", "B" -> Shape.Scalar.STRING;
                case "BOOL", "NULL" -> Shape.Scalar.BOOLEAN;
                case "L" -> CommonShapes.ATTRIBUTE_LIST;
                case "M" -> CommonShapes.ATTRIBUTE_MAP;
                default -> CommonShapes.STRINGS;
            };
            object.set(type, value(random, shape, depth + 1));
        }
        return object;
    }

    private static JsonNode anything(Random random, int depth) {
        return switch (random.nextInt(6)) {
            case 0 -> JSON.numberNode(random.nextInt());
            case 1 -> JSON.numberNode(random.nextDouble());
            case 2 -> JSON.booleanNode(random.nextBoolean());
            case 3 -> JSON.textNode(text(random));
            case 4 -> JSON.arrayNode().add(depth > 10 ? JSON.nullNode() : anything(random, depth + 1));
            default -> JSON.objectNode().set(text(random), depth > 10 ? JSON.nullNode() : anything(random, depth + 1));
        };
    }

    private static String text(Random random) {
        return pick(random, TEXTS);
    }

    private static String pick(Random random, List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }

    private static void requireStructure(Shape.Structure shape, JsonNode node) {
        assertThat(node.isObject()).isTrue();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            Member member = shape.member(entry.getKey());
            assertThat(member).as(entry.getKey()).isNotNull();
            requireTypes(member.shape(), entry.getValue());
        }
    }

    private static void requireTypes(Shape shape, JsonNode node) {
        switch (shape) {
            case Shape.Scalar scalar ->
                assertThat(
                                switch (scalar) {
                                    case STRING -> node.isTextual();
                                    case INTEGER -> node.isInt();
                                    case LONG -> node.isInt() || node.isLong();
                                    case BOOLEAN -> node.isBoolean();
                                })
                        .isTrue();
            case Shape.AttributeValue ignored -> requireAttributeValue(node);
            case Shape.ListOf list -> {
                assertThat(node.isArray()).isTrue();
                node.forEach(element -> requireTypes(list.element(), element));
            }
            case Shape.MapOf map -> {
                assertThat(node.isObject()).isTrue();
                node.forEach(value -> requireTypes(map.value(), value));
            }
            case Shape.Structure structure -> requireStructure(structure, node);
        }
    }

    private static void requireAttributeValue(JsonNode node) {
        assertThat(node.isObject()).isTrue();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            JsonNode value = entry.getValue();
            switch (entry.getKey()) {
                case "S", "N" -> requireTypes(Shape.Scalar.STRING, value);
                case "B" -> Base64.getDecoder().decode(value.textValue());
                case "BS" -> {
                    List<byte[]> decoded = new ArrayList<>();
                    withoutNulls(value)
                            .forEach(binary -> decoded.add(Base64.getDecoder().decode(binary.textValue())));
                    assertThat(decoded).hasSize(withoutNulls(value).size());
                }
                case "BOOL", "NULL" -> requireTypes(Shape.Scalar.BOOLEAN, value);
                case "SS" -> withoutNulls(value).forEach(text -> requireTypes(Shape.Scalar.STRING, text));
                case "NS" -> requireTypes(CommonShapes.STRINGS, value);
                case "L" -> requireTypes(CommonShapes.ATTRIBUTE_LIST, value);
                case "M" -> requireTypes(CommonShapes.ATTRIBUTE_MAP, value);
                default -> throw new AssertionError("unknown: " + entry.getKey());
            }
        }
    }

    /** What reads the values refuses these. */
    private static List<JsonNode> withoutNulls(JsonNode set) {
        assertThat(set.isArray()).isTrue();
        List<JsonNode> elements = new ArrayList<>();
        set.forEach(element -> {
            if (!element.isNull()) {
                elements.add(element);
            }
        });
        return elements;
    }
}
