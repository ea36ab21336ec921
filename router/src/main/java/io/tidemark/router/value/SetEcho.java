package io.tidemark.router.value;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.router.error.ValueWording;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.value.Utf8Order;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The elements of a set that has one of them twice, as the service repeats them. */
final class SetEcho {
    private SetEcho() {}

    /** As in {@code ["a", "b", "b"]}, or in the older wording {@code [b, a, b]}. */
    static String ofTexts(JsonNode set, ValueWording wording) {
        List<String> elements = elements(set);
        return switch (wording) {
            case CURRENT -> "[\"" + String.join("\", \"", read(elements, Utf8Order.INSTANCE)) + "\"]";
            case OLDER -> "[" + String.join(", ", elements) + "]";
        };
    }

    /** In Base64, as in {@code ["AA==","Yg==","Yg=="]}, or in the older wording {@code [Yg==, AA==, Yg==]}. */
    static String ofBinaries(JsonNode set, ValueWording wording) {
        List<String> elements = elements(set);
        return switch (wording) {
            case CURRENT ->
                "[\"" + String.join("\",\"", read(elements, Comparator.comparing(SetEcho::decoded))) + "\"]";
            case OLDER -> "[" + String.join(", ", elements) + "]";
        };
    }

    /** The elements up to the first that is there already, in their order; that one; the others as they were sent. */
    private static List<String> read(List<String> elements, Comparator<String> order) {
        TreeSet<String> read = new TreeSet<>(order);
        int count = 0;
        while (count < elements.size() && read.add(elements.get(count))) {
            count++;
        }
        List<String> echo = new ArrayList<>(read);
        echo.addAll(elements.subList(count, elements.size()));
        return echo;
    }

    private static List<String> elements(JsonNode set) {
        List<String> elements = new ArrayList<>(set.size());
        set.forEach(element -> elements.add(element.textValue()));
        return elements;
    }

    private static Bytes decoded(String base64) {
        return Bytes.wrap(Base64.getDecoder().decode(base64));
    }
}
