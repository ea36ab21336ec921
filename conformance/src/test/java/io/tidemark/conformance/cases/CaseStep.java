package io.tidemark.conformance.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.conformance.http.ApiRequest;
import java.util.Map;
import java.util.Optional;

/**
 * A request and the answer that AWS gives to it.
 *
 * @param error {@code Name: message}; absent of a success
 * @param matches a pattern of the whole {@code Name: message}, where a part of the text is AWS's own
 * @param gives the whole body; where it is absent, any will do
 * @param contains what the body has among others
 */
record CaseStep(
        ApiRequest request,
        Optional<String> error,
        Optional<String> matches,
        Optional<JsonNode> gives,
        Optional<JsonNode> contains) {
    /** One member is the operation with its body, which is JSON, or any text; the others are what is expected. */
    static CaseStep of(JsonNode step) {
        ApiRequest request = null;
        for (Map.Entry<String, JsonNode> member : step.properties()) {
            JsonNode body = member.getValue();
            switch (member.getKey()) {
                case "error", "matches", "gives", "contains" -> {}
                default -> {
                    if (request != null) {
                        throw new IllegalArgumentException("two operations in one step: " + step);
                    }
                    request = body.isTextual()
                            ? new ApiRequest(member.getKey(), body.textValue())
                            : ApiRequest.of(member.getKey(), body);
                }
            }
        }
        if (request == null) {
            throw new IllegalArgumentException("a step without an operation: " + step);
        }
        return new CaseStep(
                request,
                Optional.ofNullable(step.get("error")).map(JsonNode::textValue),
                Optional.ofNullable(step.get("matches")).map(JsonNode::textValue),
                Optional.ofNullable(step.get("gives")),
                Optional.ofNullable(step.get("contains")));
    }
}
