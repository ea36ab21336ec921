package io.tidemark.router.operation.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.schema.catalog.Tags;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tags and their keys as an input has them. */
final class TagMembers {
    private static final String TOO_MANY = "Number of Tags exceed the current limit for the provided ResourceArn";

    private TagMembers() {}

    static Tags tags(JsonNode list) {
        Map<String, String> tags = new TreeMap<>();
        for (JsonNode tag : list) {
            String key = key(TableCalls.member(tag, "Key").map(JsonNode::asText).orElseThrow(() -> invalidKey("null")));
            String value =
                    TableCalls.member(tag, "Value").map(JsonNode::asText).orElseThrow(() -> invalidValue("null"));
            if (!Tags.isValidValue(value)) {
                throw invalidValue(value);
            }
            if (tags.put(key, value) != null) {
                throw ApiException.validation("Duplicate Tag Keys provided as input: Duplicate Tag Key found " + key);
            }
        }
        if (tags.size() > Tags.MAX_COUNT) {
            throw ApiException.validation(TOO_MANY);
        }
        return new Tags(tags);
    }

    static SortedSet<String> keys(JsonNode list) {
        SortedSet<String> keys = new TreeSet<>();
        for (JsonNode key : list) {
            if (!Tags.isValidKey(key.asText())) {
                throw invalidKey(key.asText());
            }
            keys.add(key.asText());
        }
        if (list.size() > Tags.MAX_COUNT) {
            throw ApiException.validation(TOO_MANY);
        }
        return keys;
    }

    private static String key(String key) {
        if (!Tags.isValidKey(key)) {
            throw invalidKey(key);
        }
        if (key.startsWith(Tags.RESERVED_PREFIX)) {
            throw ApiException.validation("Tag Key cannot be prefixed with aws:, Key: " + key);
        }
        return key;
    }

    private static ApiException invalidKey(String key) {
        return ApiException.validation("The Tag Key provided is invalid, Key: " + key);
    }

    private static ApiException invalidValue(String value) {
        return ApiException.validation("The Tag Value provided is invalid, Value: " + value);
    }
}
