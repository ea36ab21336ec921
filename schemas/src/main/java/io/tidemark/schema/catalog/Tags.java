package io.tidemark.schema.catalog;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The tags of a table, under the rules that DynamoDB has for them: at most {@link #MAX_COUNT}, keys of 1 to {@link
 * #MAX_KEY_LENGTH} characters that do not begin with {@link #RESERVED_PREFIX}, values of up to {@link #MAX_VALUE_LENGTH}, and in
 * both only letters, digits and spaces of any script and {@code + - = . _ : / @}. A character is a Unicode code point.
 *
 * @param byKey in the order of the keys
 */
public record Tags(Map<String, String> byKey) {
    public static final int MAX_COUNT = 50;
    public static final int MAX_KEY_LENGTH = 128;
    public static final int MAX_VALUE_LENGTH = 256;
    public static final String RESERVED_PREFIX = "aws:";
    public static final Tags NONE = new Tags(Map.of());

    private static final Pattern CHARACTERS = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

    public Tags {
        byKey = Collections.unmodifiableMap(new TreeMap<>(byKey));
        if (byKey.size() > MAX_COUNT) {
            throw new IllegalArgumentException("a table has at most " + MAX_COUNT + " tags, not " + byKey.size());
        }
        byKey.forEach((key, value) -> {
            if (!isValidKey(key) || key.startsWith(RESERVED_PREFIX)) {
                throw new IllegalArgumentException("a tag's key cannot be '" + key + "'");
            }
            if (!isValidValue(value)) {
                throw new IllegalArgumentException("a tag's value cannot be '" + value + "'");
            }
        });
    }

    /** Length and characters only: the reserved prefix is another matter. */
    public static boolean isValidKey(String key) {
        return !key.isEmpty() && isValid(key, MAX_KEY_LENGTH);
    }

    public static boolean isValidValue(String value) {
        return isValid(value, MAX_VALUE_LENGTH);
    }

    private static boolean isValid(String text, int maxLength) {
        return text.codePointCount(0, text.length()) <= maxLength
                && CHARACTERS.matcher(text).matches();
    }
}
