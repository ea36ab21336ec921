package io.tidemark.router.operation.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.schema.catalog.Capacity;
import io.tidemark.schema.catalog.TableName;
import io.tidemark.schema.catalog.TableSpec;
import io.tidemark.schema.catalog.Tags;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The input of {@code CreateTable}, checked in DynamoDB's order and with its words. */
final class TableDefinition {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final int MAX_KEY_ATTRIBUTES = 2;

    private record Element(String name, boolean isPartitionKey) {}

    private TableDefinition() {}

    static TableSpec read(String name, ObjectNode parameters) {
        if (!TableName.isValid(name)) {
            throw ApiException.validation(
                    "TableName must be at least 3 characters long and at most 255 characters long");
        }
        Capacity capacity = CapacityMembers.of(parameters).ofNewTable();
        KeySchema keySchema = keySchema(parameters);
        Unsupported.refuse(parameters);
        Tags tags = TableCalls.member(parameters, "Tags").map(TagMembers::tags).orElse(Tags.NONE);
        boolean deletionProtected = TableCalls.member(parameters, "DeletionProtectionEnabled")
                .map(JsonNode::asBoolean)
                .orElse(false);
        return new TableSpec(name, keySchema, Optional.empty(), capacity, deletionProtected, tags);
    }

    private static KeySchema keySchema(ObjectNode parameters) {
        Map<String, KeyType> definitions = definitions(parameters.path("AttributeDefinitions"));
        List<Element> elements = new ArrayList<>();
        for (JsonNode element : parameters.path("KeySchema")) {
            elements.add(new Element(
                    element.path("AttributeName").asText(),
                    element.path("KeyType").asText().equals("HASH")));
        }
        requireDefined(elements, definitions);
        requireOrder(elements);
        boolean hasIndexes = TableCalls.member(parameters, "LocalSecondaryIndexes")
                        .isPresent()
                || TableCalls.member(parameters, "GlobalSecondaryIndexes").isPresent();
        if (!hasIndexes && elements.size() != definitions.size()) {
            throw ApiException.validation(INVALID + "Number of attributes in KeySchema does not exactly match number of"
                    + " attributes defined in AttributeDefinitions");
        }
        return of(elements, definitions);
    }

    private static Map<String, KeyType> definitions(JsonNode list) {
        Map<String, KeyType> definitions = new LinkedHashMap<>();
        for (JsonNode definition : list) {
            String name = definition.path("AttributeName").asText();
            KeyType type = KeyType.valueOf(definition.path("AttributeType").asText());
            if (definitions.put(name, type) != null) {
                throw ApiException.validation("Attribute Name is duplicated: " + name);
            }
        }
        return definitions;
    }

    private static void requireDefined(List<Element> elements, Map<String, KeyType> definitions) {
        if (elements.size() > definitions.size()) {
            throw ApiException.validation("Invalid KeySchema: Some index key attribute have no definition");
        }
        List<String> names = elements.stream().map(Element::name).toList();
        if (!definitions.keySet().containsAll(names)) {
            throw ApiException.validation(INVALID
                    + "Some index key attributes are not defined in AttributeDefinitions. Keys: ["
                    + String.join(", ", names)
                    + "], AttributeDefinitions: [" + String.join(", ", definitions.keySet()) + "]");
        }
    }

    private static void requireOrder(List<Element> elements) {
        if (elements.isEmpty() || elements.size() > MAX_KEY_ATTRIBUTES) {
            throw ApiException.validation(
                    INVALID + "The KeySchema exceeds the maximum allowed number of HASH or RANGE key attributes");
        }
        boolean hasSortKey = elements.size() == MAX_KEY_ATTRIBUTES;
        if (hasSortKey && elements.getFirst().name().equals(elements.getLast().name())) {
            throw ApiException.validation(
                    "Both the Hash Key and the Range Key element in the KeySchema have the same name");
        }
        if (!elements.getFirst().isPartitionKey()) {
            throw ApiException.validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        }
        if (hasSortKey && elements.getLast().isPartitionKey()) {
            throw ApiException.validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        }
    }

    private static KeySchema of(List<Element> elements, Map<String, KeyType> definitions) {
        try {
            List<KeyAttribute> attributes = elements.stream()
                    .map(element -> new KeyAttribute(element.name(), definition(definitions, element)))
                    .toList();
            return attributes.size() == 1
                    ? KeySchema.of(attributes.getFirst())
                    : KeySchema.of(attributes.getFirst(), attributes.getLast());
        } catch (IllegalArgumentException invalid) {
            throw ApiException.validation(INVALID + invalid.getMessage());
        }
    }

    private static KeyType definition(Map<String, KeyType> definitions, Element element) {
        return Optional.ofNullable(definitions.get(element.name())).orElseThrow();
    }
}
