package io.tidemark.router.operation.item;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.router.error.ApiException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The members of a checked input, or of a structure in it. What is null counts as absent. */
record Parameters(JsonNode members) {
    @Nullable
    JsonNode node(String name) {
        JsonNode node = members.get(name);
        return node == null || node.isNull() ? null : node;
    }

    boolean has(String name) {
        return node(name) != null;
    }

    /** @throws ApiException VALIDATION if it is absent */
    JsonNode required(String name) {
        JsonNode node = node(name);
        if (node == null) {
            throw ApiException.validation(
                    "The parameter '" + name + "' is required but was not present in the request");
        }
        return node;
    }

    Optional<String> text(String name) {
        JsonNode node = node(name);
        return node == null ? Optional.empty() : Optional.of(node.asText());
    }

    Optional<Integer> integer(String name) {
        JsonNode node = node(name);
        return node == null ? Optional.empty() : Optional.of(node.intValue());
    }

    /** What is absent is {@code otherwise}. */
    boolean flag(String name, boolean otherwise) {
        JsonNode node = node(name);
        return node == null ? otherwise : node.asBoolean(otherwise);
    }
}
