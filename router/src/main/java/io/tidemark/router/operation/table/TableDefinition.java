package io.tidemark.router.operation.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.error.TableErrors;
import io.tidemark.schema.catalog.Capacity;
import io.tidemark.schema.catalog.OnDemandLimits;
import io.tidemark.schema.catalog.TableClass;
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
    private static final int MAX_KEY_ATTRIBUTES = 2;

    private record Element(String name, boolean isPartitionKey) {}

    private TableDefinition() {}

    static TableSpec read(String name, ObjectNode parameters) {
        Capacity capacity = CapacityMembers.of(parameters).ofNewTable();
        KeySchema keySchema = keySchema(parameters);
        OtherParameters.checkCreation(parameters);
        Optional<TableClass> tableClass = TableClassMember.of(parameters);
        OnDemandLimits limits = LimitMembers.of(parameters).ofNewTable(capacity);
        Tags tags = TableCalls.member(parameters, "Tags").map(TagMembers::tags).orElse(Tags.NONE);
        boolean deletionProtected = TableCalls.member(parameters, "DeletionProtectionEnabled")
                .map(JsonNode::asBoolean)
                .orElse(false);
        return new TableSpec(name, keySchema, Optional.empty(), capacity, deletionProtected, tags, tableClass, limits);
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
            throw TableErrors.definitionsDoNotMatch();
        }
        return of(elements, definitions);
    }

    private static Map<String, KeyType> definitions(JsonNode list) {
        Map<String, KeyType> definitions = new LinkedHashMap<>();
        for (JsonNode definition : list) {
            String name = definition.path("AttributeName").asText();
            KeyType type = KeyType.valueOf(definition.path("AttributeType").asText());
            if (definitions.put(name, type) != null) {
                throw TableErrors.attributeTwice(name);
            }
        }
        return definitions;
    }

    private static void requireDefined(List<Element> elements, Map<String, KeyType> definitions) {
        if (elements.size() > definitions.size()) {
            throw TableErrors.keyWithoutDefinition();
        }
        List<String> names = elements.stream().map(Element::name).toList();
        if (!definitions.keySet().containsAll(names)) {
            throw TableErrors.keysNotDefined(names, definitions.keySet());
        }
    }

    /** The input's shape has seen to it that there are one or two. */
    private static void requireOrder(List<Element> elements) {
        boolean hasSortKey = elements.size() == MAX_KEY_ATTRIBUTES;
        if (hasSortKey && elements.getFirst().name().equals(elements.getLast().name())) {
            throw TableErrors.sameKeyTwice();
        }
        if (!elements.getFirst().isPartitionKey()) {
            throw TableErrors.firstIsNoHashKey();
        }
        if (hasSortKey && elements.getLast().isPartitionKey()) {
            throw TableErrors.secondIsNoRangeKey();
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
            throw TableErrors.invalid(String.valueOf(invalid.getMessage()));
        }
    }

    private static KeyType definition(Map<String, KeyType> definitions, Element element) {
        return Optional.ofNullable(definitions.get(element.name())).orElseThrow();
    }
}
