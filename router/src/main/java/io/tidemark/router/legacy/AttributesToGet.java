package io.tidemark.router.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.LegacyErrors;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.Projection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads AttributesToGet. */
public final class AttributesToGet {
    private AttributesToGet() {}

    /**
     * @param names a list of texts, not empty: the operation's shape has seen to it
     * @throws ApiException if a name comes twice, or is none
     */
    public static Projection read(JsonNode names) {
        Set<String> seen = new HashSet<>();
        List<DocumentPath> paths = new ArrayList<>(names.size());
        for (JsonNode name : names) {
            String attribute = name.asText();
            if (!seen.add(attribute)) {
                throw LegacyErrors.attributeTwice(attribute);
            }
            paths.add(AttributeNames.path(attribute));
        }
        return new Projection(paths);
    }
}
