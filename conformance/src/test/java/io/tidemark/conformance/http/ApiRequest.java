package io.tidemark.conformance.http;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A request as it goes over the wire: nothing has checked it.
 *
 * @param operation what follows the dot of {@code X-Amz-Target}
 * @param body need not be JSON
 */
public record ApiRequest(String operation, String body) {
    public static ApiRequest of(String operation, JsonNode parameters) {
        return new ApiRequest(operation, parameters.toString());
    }
}
