package io.tidemark.conformance.differential;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Makes a request wrong in one place: what is there has another type, is missing, or is more than the operation knows. */
final class Faults {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> OTHER = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "\"\"",
            "\"text\"",
            "\"ALL_OLD\"",
            "[]",
            "[\"a\"]",
            "[1]",
            "[null]",
            "[{}]",
            "{}",
            "{\"a\":1}",
            "{\"a\":\"b\"}",
            "{\"a\":{}}",
            "{\"S\":\"a\"}",
            "9999999999",
            "1e400");

    /** Members that some operation knows. */
    private static final List<String> MEMBERS = List.of(
            "TableName",
            "Key",
            "Item",
            "ConditionExpression",
            "UpdateExpression",
            "FilterExpression",
            "ProjectionExpression",
            "KeyConditionExpression",
            "ExpressionAttributeNames",
            "ExpressionAttributeValues",
            "Expected",
            "ConditionalOperator",
            "AttributeUpdates",
            "AttributesToGet",
            "KeyConditions",
            "QueryFilter",
            "ScanFilter",
            "ReturnValues",
            "ReturnConsumedCapacity",
            "ReturnItemCollectionMetrics",
            "Limit",
            "Select",
            "IndexName",
            "ConsistentRead",
            "ScanIndexForward",
            "ExclusiveStartKey",
            "Segment",
            "TotalSegments",
            "RequestItems",
            "Unknown");

    private final Dice dice;

    Faults(Dice dice) {
        this.dice = dice;
    }

    /** In the place that it names, or the same body, if that place is not to be had. */
    ObjectNode damage(ObjectNode original) {
        ObjectNode body = original.deepCopy();
        List<ContainerNode<?>> containers = new ArrayList<>();
        collect(body, containers);
        // Half of them at the top, where an operation's own members are.
        int chosen = dice.chance(50) ? 0 : dice.below(containers.size());
        ContainerNode<?> container = containers.get(chosen);
        switch (container) {
            case ObjectNode object -> damageObject(object, chosen == 0);
            case ArrayNode array -> damageArray(array);
            default -> throw new IllegalStateException("no container: " + container);
        }
        return body;
    }

    private void damageObject(ObjectNode object, boolean top) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        switch (dice.below(4)) {
            case 0 -> {
                if (!names.isEmpty()) {
                    object.remove(dice.oneOf(names));
                }
            }
            case 1 -> object.set(top ? dice.oneOf(MEMBERS) : "Unknown", other());
            default -> {
                if (!names.isEmpty()) {
                    object.set(dice.oneOf(names), other());
                }
            }
        }
    }

    private void damageArray(ArrayNode array) {
        if (array.isEmpty() || dice.chance(40)) {
            array.add(other());
        } else if (dice.chance(50)) {
            array.set(dice.below(array.size()), other());
        } else {
            array.add(array.get(0).deepCopy());
        }
    }

    private JsonNode other() {
        try {
            return JSON.readTree(dice.oneOf(OTHER));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void collect(JsonNode node, List<ContainerNode<?>> into) {
        if (node instanceof ContainerNode<?> container) {
            into.add(container);
            container.elements().forEachRemaining(element -> collect(element, into));
        }
    }

    /** Text that is no JSON, or none that a request may be. */
    String damageText(String body) {
        return switch (dice.below(8)) {
            case 0 -> "";
            case 1 -> body.substring(0, dice.below(body.length()));
            case 2 -> "[" + body + "]";
            case 3 -> "\"text\"";
            case 4 -> body + "}";
            case 5 -> body.replaceFirst("\"", "'");
            case 6 -> "null";
            default -> "{" + body;
        };
    }
}
