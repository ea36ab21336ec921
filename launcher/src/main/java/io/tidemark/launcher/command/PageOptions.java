package io.tidemark.launcher.command;

import io.tidemark.launcher.item.ConditionText;
import io.tidemark.launcher.item.InvalidInputException;
import io.tidemark.launcher.item.KeyText;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.PrimaryKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How many items are printed, from where on, and which are left out. */
final class PageOptions {
    private static final int DEFAULT_LIMIT = 100;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "Print at most so many items. Default: ${DEFAULT-VALUE}.")
    int limit = DEFAULT_LIMIT;

    @Option(
            names = "--start-after",
            paramLabel = "JSON",
            description = "The key after which to go on: lastEvaluatedKey of the page before.")
    Optional<String> startAfter = Optional.empty();

    @Option(
            names = "--filter",
            paramLabel = "PATH=VALUE",
            description = "Leave out items of which this does not hold; also != < <= > >=.")
    List<String> filters = new ArrayList<>();

    /** @throws InvalidInputException if the limit is none */
    ItemPages pages() {
        return new ItemPages(requireLimit(limit));
    }

    static int requireLimit(int limit) {
        if (limit < 1) {
            throw new InvalidInputException("--limit is at least 1, not " + limit);
        }
        return limit;
    }

    Optional<PrimaryKey> startAfter(KeySchema schema) {
        return startAfter.map(json -> KeyText.primaryKey(schema, json, Optional.empty()));
    }

    Optional<Condition> filter() {
        return ConditionText.all(filters.stream().map(ConditionText::comparison).toList());
    }
}
