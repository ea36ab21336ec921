package io.tidemark.conformance.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Steps on tables that are empty before; the name is a sentence about AWS. */
record Case(String name, List<CaseStep> steps) {
    Case {
        steps = List.copyOf(steps);
        if (steps.stream()
                .allMatch(step -> step.error().isEmpty()
                        && step.matches().isEmpty()
                        && step.gives().isEmpty()
                        && step.contains().isEmpty())) {
            throw new IllegalArgumentException("nothing is expected in: " + name);
        }
    }

    /**
     * One case, or one for each row of {@code with}: there, {@code $1}, {@code $2} … stand for the row's values, in texts too.
     * A case of one step may do without {@code steps}.
     */
    static List<Case> of(JsonNode node) {
        String name = node.required("name").textValue();
        JsonNode rows = node.path("with");
        if (rows.isMissingNode()) {
            return List.of(new Case(name, steps(node)));
        }
        List<Case> cases = new ArrayList<>();
        for (JsonNode row : rows) {
            JsonNode values =
                    row.isArray() ? row : JsonNodeFactory.instance.arrayNode().add(row);
            cases.add(new Case(name + ": " + values, steps(filled(node, values))));
        }
        return cases;
    }

    private static List<CaseStep> steps(JsonNode node) {
        List<CaseStep> steps = new ArrayList<>();
        if (node.has("steps")) {
            node.get("steps").forEach(step -> steps.add(CaseStep.of(step)));
        } else {
            ObjectNode step = node.deepCopy();
            step.remove(List.of("name", "with"));
            steps.add(CaseStep.of(step));
        }
        return steps;
    }

    private static JsonNode filled(JsonNode node, JsonNode values) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode filled = JsonNodeFactory.instance.objectNode();
                for (Map.Entry<String, JsonNode> member : object.properties()) {
                    filled.set(text(member.getKey(), values), filled(member.getValue(), values));
                }
                yield filled;
            }
            case ArrayNode array -> {
                ArrayNode filled = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> filled.add(filled(element, values)));
                yield filled;
            }
            default -> {
                for (int i = 0; i < values.size(); i++) {
                    if (node.asText().equals("$" + (i + 1))) {
                        yield values.get(i);
                    }
                }
                yield node.isTextual() ? JsonNodeFactory.instance.textNode(text(node.textValue(), values)) : node;
            }
        };
    }

    private static String text(String text, JsonNode values) {
        String filled = text;
        for (int i = 0; i < values.size(); i++) {
            JsonNode value = values.get(i);
            filled = filled.replace("$" + (i + 1), value.isTextual() ? value.textValue() : value.toString());
        }
        return filled;
    }
}
