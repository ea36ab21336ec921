package io.tidemark.router.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Amazon resource name of a table, {@code arn:aws:dynamodb:REGION:ACCOUNT:table/NAME}. Clients may name a table by it.
 * Region and account are not looked at: there is one of each.
 */
public record TableArn(String region, String account, String tableName) {
    /** There are no accounts. */
    public static final String ACCOUNT = "000000000000";

    static final String PREFIX = "arn:";
    private static final Pattern FORMAT =
            Pattern.compile("arn:[a-z0-9-]+:dynamodb:([a-z0-9-]*):([0-9]*):table/([a-zA-Z0-9_.-]+)");

    public static TableArn of(String region, String tableName) {
        return new TableArn(region, ACCOUNT, tableName);
    }

    /** Empty if the text is not of the form. */
    public static Optional<TableArn> parse(String text) {
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        Matcher matcher = FORMAT.matcher(text);
        return matcher.matches()
                ? Optional.of(new TableArn(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    /** The table's name, where a client may give that or the ARN; what is neither stays as it is. */
    public static String nameOf(String nameOrArn) {
        return parse(nameOrArn).map(TableArn::tableName).orElse(nameOrArn);
    }

    @Override
    public String toString() {
        return "arn:aws:dynamodb:" + region + ":" + account + ":table/" + tableName;
    }
}
