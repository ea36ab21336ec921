package io.tidemark.schema.catalog;

import java.util.regex.Pattern;

/** The rule that DynamoDB has for the names of tables. */
public final class TableName {
    /** The rule in words, for error messages. */
    public static final String RULE = "a table name has 3 to 255 characters of a-z, A-Z, 0-9, '_', '-' and '.'";

    private static final Pattern PATTERN = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");

    private TableName() {}

    public static boolean isValid(String name) {
        return PATTERN.matcher(name).matches();
    }
}
