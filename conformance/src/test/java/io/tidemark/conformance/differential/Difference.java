package io.tidemark.conformance.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.conformance.http.ApiAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Two normalized answers to one request that are not the same.
 *
 * @param places JSON pointers of what differs in the bodies; of two answers that differ in status or error, none
 */
public record Difference(ApiAnswer tidemark, ApiAnswer local, List<String> places) {
    public Difference {
        places = List.copyOf(places);
    }

    public static Optional<Difference> between(ApiAnswer tidemark, ApiAnswer local) {
        if (!tidemark.summary().equals(local.summary())) {
            return Optional.of(new Difference(tidemark, local, List.of()));
        }
        List<String> places = new ArrayList<>();
        compare("", tidemark.body(), local.body(), places);
        return places.isEmpty() ? Optional.empty() : Optional.of(new Difference(tidemark, local, places));
    }

    /** Whether what follows in the sequence may differ for no other reason than this. */
    boolean hasDivergedState() {
        return tidemark.isSuccess() != local.isSuccess()
                || places.stream().anyMatch(place -> place.startsWith("/Item/"))
                || places.contains("/Item")
                || places.contains("/Attributes");
    }

    private static void compare(String at, JsonNode one, JsonNode other, List<String> places) {
        if (one instanceof ObjectNode && other instanceof ObjectNode) {
            Set<String> names = new TreeSet<>();
            one.fieldNames().forEachRemaining(names::add);
            other.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(at + "/" + name, one.path(name), other.path(name), places));
        } else if (one instanceof ArrayNode && other instanceof ArrayNode && one.size() == other.size()) {
            for (int i = 0; i < one.size(); i++) {
                compare(at + "/" + i, one.get(i), other.get(i), places);
            }
        } else if (!sameValue(one, other)) {
            places.add(at);
        }
    }

    /** 1 and 1.0 are the same number. */
    private static boolean sameValue(JsonNode one, JsonNode other) {
        return (one.isNumber() && other.isNumber())
                ? one.decimalValue().compareTo(other.decimalValue()) == 0
                : one.equals(other);
    }

    String describe() {
        return "Tidemark:       " + tidemark.summary() + "\n                " + tidemark.body()
                + "\nDynamoDB Local: " + local.summary() + "\n                " + local.body()
                + (places.isEmpty() ? "" : "\ndifferent at    " + places);
    }
}
