package io.tidemark.launcher.command;

import io.tidemark.launcher.item.InvalidInputException;
import io.tidemark.launcher.output.TextTable;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tables as people read and write them. */
final class TableText {
    private TableText() {}

    static String of(List<TableDescription> tables) {
        TextTable text = TextTable.withColumns("NAME", "STATUS", "KEY", ">PARTITIONS", "SHARDS", "CREATED", ">ID");
        tables.forEach(table -> text.row(
                table.name(),
                table.status(),
                of(table.keySchema()),
                table.route().partitions().size(),
                table.route().shards().stream().map(Object::toString).collect(Collectors.joining(",")),
                table.createdAt(),
                table.id()));
        return text.render("");
    }

    static String of(KeySchema keys) {
        return of(keys.partitionKey())
                + keys.sortKey().map(sort -> ", " + of(sort)).orElse("");
    }

    private static String of(KeyAttribute attribute) {
        return attribute.name() + ":" + attribute.type();
    }

    /** @param text {@code name} or {@code name:TYPE}, S if no type is given */
    static KeyAttribute attribute(String option, String text) {
        int colon = text.lastIndexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String type = colon < 0 ? "S" : text.substring(colon + 1).toUpperCase(Locale.ROOT);
        for (KeyType known : KeyType.values()) {
            if (known.name().equals(type)) {
                try {
                    return new KeyAttribute(name, known);
                } catch (IllegalArgumentException e) {
                    throw new InvalidInputException(option + ": " + e.getMessage(), e);
                }
            }
        }
        throw new InvalidInputException(option + " is written NAME or NAME:TYPE, the type S (string), N (number) or B"
                + " (binary), not '" + text + "'");
    }
}
