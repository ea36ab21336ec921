package io.tidemark.conformance.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.conformance.http.ApiAnswer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Takes out of an answer what two faithful services may give differently: the order of sets and of what has none, ids, times,
 * ARNs, and the order in which one message lists several things.
 */
public final class Normalizer {
    /** Members whose arrays have no order. */
    private static final Set<String> UNORDERED =
            Set.of("SS", "NS", "BS", "AttributeDefinitions", "Tags", "GlobalSecondaryIndexes", "LocalSecondaryIndexes");

    /** Each service's own. */
    private static final Set<String> OWN = Set.of(
            "CreationDateTime",
            "LastIncreaseDateTime",
            "LastDecreaseDateTime",
            "LastUpdateToPayPerRequestDateTime",
            "TableId",
            "TableArn",
            "TableSizeBytes",
            "ItemCount");

    private static final Pattern BRACED = Pattern.compile("([{\\[])([^{}\\[\\]]*)([}\\]])");
    /** Also one, if it repeats what was found. */
    private static final Pattern SEVERAL = Pattern.compile(
            "((?:\\d+ validation errors|1 validation error(?= detected: Value (?:null|'|at ))) detected: )(.*)",
            Pattern.DOTALL);

    /** What AWS, and not DynamoDB Local, puts before the one fault of a write of a single item. */
    private static final Pattern COUNTED =
            Pattern.compile("1 validation error detected: (?!Value (?:null|'|at ))(.*)", Pattern.DOTALL);

    private static final Set<String> COUNTING = Set.of("PutItem", "UpdateItem", "DeleteItem");

    private Normalizer() {}

    public static ApiAnswer normalize(String operation, ApiAnswer answer) {
        if (!answer.isSuccess()) {
            return new ApiAnswer(answer.status(), error(answer));
        }
        JsonNode body = normalize("", answer.body());
        if (operation.equals("BatchGetItem")) {
            body.path("Responses").forEach(Normalizer::sort);
        }
        if (operation.equals("Scan")) {
            sort(body.path("Items"));
        }
        return new ApiAnswer(answer.status(), body);
    }

    /** An answer as it is, but for the count before the fault that a write of a single item has. */
    static ApiAnswer uncounted(String operation, ApiAnswer answer) {
        Matcher counted = COUNTED.matcher(answer.message());
        if (!COUNTING.contains(operation) || !counted.matches()) {
            return answer;
        }
        ObjectNode body = answer.body().deepCopy();
        return new ApiAnswer(answer.status(), body.put("message", counted.group(1)));
    }

    private static JsonNode error(ApiAnswer answer) {
        ObjectNode error = JsonNodeFactory.instance
                .objectNode()
                .put("__type", answer.errorName())
                .put("message", message(answer.message()));
        JsonNode item = answer.body().path("Item");
        if (!item.isMissingNode()) {
            error.set("Item", normalize("Item", item));
        }
        return error;
    }

    public static String message(String text) {
        Matcher several = SEVERAL.matcher(text);
        if (several.matches()) {
            return several.group(1) + sorted(several.group(2), "; ");
        }
        return BRACED.matcher(withoutOwn(text))
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) + sorted(found.group(2).replaceAll(", ?", ", "), ", ") + found.group(3)));
    }

    /** AWS has named one path or another beside the one that it met first, at different times. */
    private static String withoutOwn(String text) {
        return text.replaceAll("arn:aws:dynamodb:[^ ]*:table/", "arn:")
                .replaceAll("(paths overlap with each other;.*), path two: .*", "$1");
    }

    private static String sorted(String list, String separator) {
        return Arrays.stream(list.split(Pattern.quote(separator), -1)).sorted().collect(Collectors.joining(separator));
    }

    private static JsonNode normalize(String name, JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode normal = JsonNodeFactory.instance.objectNode();
                for (Map.Entry<String, JsonNode> member : object.properties()) {
                    normal.set(
                            member.getKey(),
                            OWN.contains(member.getKey()) && !member.getValue().isContainerNode()
                                    ? JsonNodeFactory.instance.textNode("(its own)")
                                    : normalize(member.getKey(), member.getValue()));
                }
                yield normal;
            }
            case ArrayNode array -> {
                ArrayNode normal = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> normal.add(normalize("", element)));
                yield UNORDERED.contains(name) ? sort(normal) : normal;
            }
            default -> node;
        };
    }

    /** In place; by text. */
    static JsonNode sort(JsonNode node) {
        if (node instanceof ArrayNode array) {
            List<JsonNode> elements = new ArrayList<>(
                    StreamSupport.stream(array.spliterator(), false).toList());
            elements.sort(Comparator.comparing(Normalizer::canonical));
            array.removeAll();
            array.addAll(elements);
        }
        return node;
    }

    /** Equal texts for objects that differ in nothing but the order of their members. */
    private static String canonical(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object.properties().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(member -> '"' + member.getKey() + "\":" + canonical(member.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (node instanceof ArrayNode array) {
            return StreamSupport.stream(array.spliterator(), false)
                    .map(Normalizer::canonical)
                    .collect(Collectors.joining(",", "[", "]"));
        }
        return node.toString();
    }
}
