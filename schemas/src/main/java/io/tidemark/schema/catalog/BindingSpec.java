package io.tidemark.schema.catalog;

import java.util.regex.Pattern;

/** Every record of {@code topic}, from its first on, becomes a put or a delete in the table. */
public record BindingSpec(String topic, String tableName, SourceFormat format, SourceKey key) {
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    public BindingSpec {
        if (!TOPIC.matcher(topic).matches() || topic.equals(".") || topic.equals("..")) {
            throw new IllegalArgumentException(
                    "a topic's name has 1 to 249 letters, digits, dots, dashes or underscores, got '" + topic + "'");
        }
    }
}
