package io.tidemark.router.operation.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.router.error.TableErrors;
import io.tidemark.schema.catalog.Tags;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tags and their keys as an input has them. */
final class TagMembers {
    private TagMembers() {}

    static Tags tags(JsonNode list) {
        Map<String, String> tags = new TreeMap<>();
        for (JsonNode tag : list) {
            String key = key(
                    TableCalls.member(tag, "Key").map(JsonNode::asText).orElseThrow(() -> TableErrors.tagKey("null")));
            String value = TableCalls.member(tag, "Value")
                    .map(JsonNode::asText)
                    .orElseThrow(() -> TableErrors.tagValue("null"));
            if (!Tags.isValidValue(value)) {
                throw TableErrors.tagValue(value);
            }
            if (tags.put(key, value) != null) {
                throw TableErrors.tagTwice(key);
            }
        }
        if (tags.size() > Tags.MAX_COUNT) {
            throw TableErrors.tooManyTags();
        }
        return new Tags(tags);
    }

    static SortedSet<String> keys(JsonNode list) {
        SortedSet<String> keys = new TreeSet<>();
        for (JsonNode key : list) {
            if (!Tags.isValidKey(key.asText())) {
                throw TableErrors.tagKey(key.asText());
            }
            keys.add(key.asText());
        }
        if (list.size() > Tags.MAX_COUNT) {
            throw TableErrors.tooManyTags();
        }
        return keys;
    }

    private static String key(String key) {
        if (!Tags.isValidKey(key)) {
            throw TableErrors.tagKey(key);
        }
        if (key.startsWith(Tags.RESERVED_PREFIX)) {
            throw TableErrors.reservedTagKey(key);
        }
        return key;
    }
}
