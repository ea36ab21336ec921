package io.tidemark.conformance.differential;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tidemark.conformance.http.ApiRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A difference in which DynamoDB Local is not what AWS is. The patterns match whole texts.
 *
 * @param operations by name; empty for all
 * @param request found in the request's body; everything if absent
 * @param tidemark the answer's summary: {@code 200} or status, error and message
 * @param at places of the bodies that differ, all of them; of answers that differ in their summaries, absent
 * @param reason what AWS does
 * @param source how that is known
 */
record KnownDifference(
        @JsonProperty(required = true) String name,
        Optional<List<String>> operations,
        Optional<String> request,
        Optional<String> tidemark,
        Optional<String> local,
        Optional<String> at,
        @JsonProperty(required = true) String reason,
        @JsonProperty(required = true) String source) {
    KnownDifference {
        if (tidemark.isEmpty() && local.isEmpty() && at.isEmpty()) {
            throw new IllegalArgumentException(name + " would match every difference");
        }
    }

    boolean explains(ApiRequest asked, Difference difference) {
        return operations.map(names -> names.contains(asked.operation())).orElse(true)
                && request.map(pattern -> found(pattern, asked.body())).orElse(true)
                && tidemark.map(pattern ->
                                matches(pattern, difference.tidemark().summary()))
                        .orElse(true)
                && local.map(pattern -> matches(pattern, difference.local().summary()))
                        .orElse(true)
                && at.map(pattern -> !difference.places().isEmpty()
                                && difference.places().stream().allMatch(place -> matches(pattern, place)))
                        .orElse(difference.places().isEmpty());
    }

    private static boolean matches(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(text).matches();
    }

    private static boolean found(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(text).find();
    }
}
