package io.tidemark.conformance.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The names and values that the expressions of one request refer to. */
final class Placeholders {
    private final Dice dice;
    private final ObjectNode names = JsonNodeFactory.instance.objectNode();
    private final ObjectNode values = JsonNodeFactory.instance.objectNode();

    Placeholders(Dice dice) {
        this.dice = dice;
    }

    /** The text that stands for the name in an expression. */
    String name(String attribute) {
        if (Names.isPlain(attribute) && dice.chance(60)) {
            return attribute;
        }
        String placeholder = "#n" + names.size();
        names.put(placeholder, attribute);
        return placeholder;
    }

    String value(JsonNode value) {
        String placeholder = ":v" + values.size();
        values.set(placeholder, value);
        return placeholder;
    }

    /** Sometimes with one too many or one too few. */
    void addTo(ObjectNode body) {
        if (dice.chance(2)) {
            names.put("#unused", "a");
        }
        if (dice.chance(2)) {
            value(new Values(dice).string());
        }
        if (dice.chance(2) && !values.isEmpty()) {
            values.remove(":v0");
        }
        if (!names.isEmpty() || dice.chance(1)) {
            body.set("ExpressionAttributeNames", names);
        }
        if (!values.isEmpty() || dice.chance(1)) {
            body.set("ExpressionAttributeValues", values);
        }
    }
}
