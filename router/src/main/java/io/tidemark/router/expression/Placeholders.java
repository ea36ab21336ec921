package io.tidemark.router.expression;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.router.error.ApiException;
import io.tidemark.router.error.ExpressionErrors;
import io.tidemark.router.error.ValueWording;
import io.tidemark.schema.value.AttributeMap;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.ItemSize;
import io.tidemark.schema.value.Utf8;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What stands in for names and values in the expressions of one request, and which of it they have used. Not thread-safe.
 *
 * <p>Made once {@link ExpressionParameters} has seen that there are expressions; once all of them are read,
 * {@link #requireAllUsed()}.
 */
public final class Placeholders {
    private static final ExpressionErrors NAMES = new ExpressionErrors("ExpressionAttributeNames");
    private static final ExpressionErrors VALUES = new ExpressionErrors("ExpressionAttributeValues");

    /** DynamoDB's limit on a placeholder. */
    static final int MAX_PLACEHOLDER_BYTES = 255;

    /** DynamoDB's limit on all names, and on all values, with their placeholders. */
    static final int MAX_SUBSTITUTES_BYTES = 2 * 1_024 * 1_024;

    private final Map<String, String> names;
    private final Map<String, AttributeValue> values;
    private final Set<String> unusedNames;
    private final Set<String> unusedValues;

    private Placeholders(Map<String, String> names, Map<String, AttributeValue> values) {
        this.names = names;
        this.values = values;
        this.unusedNames = new HashSet<>(names.keySet());
        this.unusedValues = new HashSet<>(values.keySet());
    }

    /** For a request that brings none. */
    public static Placeholders none() {
        return new Placeholders(Map.of(), Map.of());
    }

    /**
     * @param names {@code ExpressionAttributeNames}: an object of texts; null, or a null or missing node, where absent
     * @param values {@code ExpressionAttributeValues}: an object of attribute values; null, or a null or missing node, where absent
     * @param reader reads one attribute value
     * @param wording of what is wrong with a value: the older one says whose value it is
     * @throws ApiException if one of them is empty, or too large, a placeholder is none, a name is no attribute name,
     *     or the reader throws it
     */
    public static Placeholders of(
            @Nullable JsonNode names,
            @Nullable JsonNode values,
            Function<JsonNode, AttributeValue> reader,
            ValueWording wording) {
        Map<String, String> namesByPlaceholder = new HashMap<>();
        if (names != null && isPresent(names)) {
            requirePlaceholders(NAMES, '#', names);
            names.properties()
                    .forEach(entry -> namesByPlaceholder.put(entry.getKey(), name(entry.getKey(), entry.getValue())));
        }
        Map<String, AttributeValue> valuesByPlaceholder = new HashMap<>();
        if (values != null && isPresent(values)) {
            requirePlaceholders(VALUES, ':', values);
            values.properties()
                    .forEach(entry -> valuesByPlaceholder.put(
                            entry.getKey(), value(entry.getKey(), entry.getValue(), reader, wording)));
        }
        long namesBytes = 0;
        for (Map.Entry<String, String> entry : namesByPlaceholder.entrySet()) {
            namesBytes += Utf8.length(entry.getKey()) + Utf8.length(entry.getValue());
        }
        requireSize(NAMES, namesBytes);
        long valuesBytes = 0;
        for (Map.Entry<String, AttributeValue> entry : valuesByPlaceholder.entrySet()) {
            valuesBytes += Utf8.length(entry.getKey()) + (long) ItemSize.of(entry.getValue());
        }
        requireSize(VALUES, valuesBytes);
        return new Placeholders(namesByPlaceholder, valuesByPlaceholder);
    }

    /** Both maps by their placeholders, which are as expressions write them. */
    static Placeholders of(Map<String, String> names, Map<String, AttributeValue> values) {
        return new Placeholders(names, values);
    }

    private static void requireSize(ExpressionErrors errors, long sizeBytes) {
        if (sizeBytes > MAX_SUBSTITUTES_BYTES) {
            throw errors.substitutesTooLarge();
        }
    }

    private static boolean isPresent(JsonNode node) {
        return !node.isNull() && !node.isMissingNode();
    }

    private static void requirePlaceholders(ExpressionErrors errors, char sign, JsonNode placeholders) {
        if (placeholders.isEmpty()) {
            throw errors.noPlaceholders();
        }
        for (Map.Entry<String, JsonNode> entry : placeholders.properties()) {
            String placeholder = entry.getKey();
            if (placeholder.isEmpty()) {
                throw errors.emptyPlaceholder();
            }
            if (Utf8.length(placeholder) > MAX_PLACEHOLDER_BYTES) {
                throw errors.placeholderTooLong(Utf8.length(placeholder));
            }
            if (!isPlaceholder(sign, placeholder)) {
                throw errors.invalidPlaceholder(Texts.wellFormed(placeholder));
            }
        }
    }

    private static boolean isPlaceholder(char sign, String text) {
        return text.length() > 1
                && text.charAt(0) == sign
                && text.chars().skip(1).allMatch(c -> isDigit(c) || isLetter(c) || c == '_');
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static String name(String placeholder, JsonNode json) {
        String name = json.textValue();
        if (name == null) {
            throw NAMES.invalidPlaceholderValue(placeholder, "null");
        }
        if (name.isEmpty()) {
            throw NAMES.invalidPlaceholderValue(placeholder, "Empty attribute name");
        }
        if (!Utf8.isWellFormed(name)) {
            throw NAMES.invalidPlaceholderValue(placeholder, "Attribute name has an unpaired surrogate");
        }
        if (Utf8.length(name) > AttributeMap.MAX_NAME_BYTES) {
            throw NAMES.invalidPlaceholderValue(
                    placeholder, "Attribute name is too large, must be less than 65536 bytes");
        }
        return name;
    }

    private static AttributeValue value(
            String placeholder, JsonNode json, Function<JsonNode, AttributeValue> reader, ValueWording wording) {
        try {
            return reader.apply(json);
        } catch (ApiException e) {
            throw wording == ValueWording.OLDER ? VALUES.invalidPlaceholderValue(placeholder, e.message()) : e;
        }
    }

    /** Marks it as used. */
    String name(ExpressionErrors errors, String placeholder) {
        String name = names.get(placeholder);
        if (name == null) {
            throw errors.undefinedName(placeholder);
        }
        unusedNames.remove(placeholder);
        return name;
    }

    /** Marks it as used. */
    AttributeValue value(ExpressionErrors errors, String placeholder) {
        AttributeValue value = values.get(placeholder);
        if (value == null) {
            throw errors.undefinedValue(placeholder);
        }
        unusedValues.remove(placeholder);
        return value;
    }

    /** @throws ApiException if the request brought a name or a value that none of its expressions uses */
    public void requireAllUsed() {
        if (!unusedNames.isEmpty()) {
            throw NAMES.unused(unusedNames);
        }
        if (!unusedValues.isEmpty()) {
            throw VALUES.unused(unusedValues);
        }
    }
}
