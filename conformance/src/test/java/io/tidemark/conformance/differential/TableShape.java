package io.tidemark.conformance.differential;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * A table that sequences use.
 *
 * @param partitionType {@code S}, {@code N} or {@code B} of the attribute {@code pk}
 * @param sortType of the attribute {@code sk}
 */
public record TableShape(String name, String partitionType, Optional<String> sortType) {
    static final String PARTITION = "pk";
    static final String SORT = "sk";

    /** Every sequence sees these four, under names of the tester that runs it. */
    public static List<TableShape> all(String prefix) {
        return List.of(
                new TableShape(prefix + ".strings", "S", Optional.empty()),
                new TableShape(prefix + ".numbers", "S", Optional.of("N")),
                new TableShape(prefix + ".texts", "N", Optional.of("S")),
                new TableShape(prefix + ".binaries", "B", Optional.of("B")));
    }

    List<String> keyNames() {
        return sortType.isPresent() ? List.of(PARTITION, SORT) : List.of(PARTITION);
    }

    String typeOf(String keyName) {
        return keyName.equals(PARTITION) ? partitionType : sortType.orElseThrow();
    }

    ObjectNode createTable() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("TableName", name).put("BillingMode", "PAY_PER_REQUEST");
        keyNames().forEach(key -> {
            body.withArray("AttributeDefinitions")
                    .addObject()
                    .put("AttributeName", key)
                    .put("AttributeType", typeOf(key));
            body.withArray("KeySchema")
                    .addObject()
                    .put("AttributeName", key)
                    .put("KeyType", key.equals(PARTITION) ? "HASH" : "RANGE");
        });
        return body;
    }
}
