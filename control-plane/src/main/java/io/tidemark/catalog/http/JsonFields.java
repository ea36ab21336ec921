package io.tidemark.catalog.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The fields of a JSON object, read by name and type. Every method throws an {@link InvalidJsonException} that names the field. */
final class JsonFields {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final ObjectNode object;
    private final String path;
    private final Set<String> read = new TreeSet<>();

    private JsonFields(JsonNode node, String path) {
        if (!(node instanceof ObjectNode fields)) {
            throw new InvalidJsonException((path.isEmpty() ? "the body" : path) + " must be a JSON object");
        }
        this.object = fields;
        this.path = path;
    }

    static JsonFields parse(byte[] body) {
        try {
            JsonNode node = MAPPER.readTree(body);
            return new JsonFields(node, "");
        } catch (IOException malformed) {
            throw new InvalidJsonException("the body is no JSON: " + firstLine(malformed), malformed);
        }
    }

    static ObjectNode newObject() {
        return MAPPER.createObjectNode();
    }

    static byte[] write(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree is always JSON", impossible);
        }
    }

    String text(String name) {
        JsonNode value = require(name);
        if (!value.isTextual()) {
            throw invalid(name, "must be a string");
        }
        return value.textValue();
    }

    Optional<String> optionalText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    int integer(String name) {
        JsonNode value = require(name);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw invalid(name, "must be a whole number of 32 bits");
        }
        return value.intValue();
    }

    long longInteger(String name) {
        JsonNode value = require(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw invalid(name, "must be a whole number of 64 bits");
        }
        return value.longValue();
    }

    Optional<Integer> optionalInteger(String name) {
        return has(name) ? Optional.of(integer(name)) : Optional.empty();
    }

    Optional<Long> optionalLong(String name) {
        return has(name) ? Optional.of(longInteger(name)) : Optional.empty();
    }

    boolean truth(String name) {
        JsonNode value = require(name);
        if (!value.isBoolean()) {
            throw invalid(name, "must be true or false");
        }
        return value.booleanValue();
    }

    Optional<Boolean> optionalTruth(String name) {
        return has(name) ? Optional.of(truth(name)) : Optional.empty();
    }

    Optional<Instant> optionalInstant(String name) {
        return has(name) ? Optional.of(instant(name)) : Optional.empty();
    }

    /** An object whose values are all strings; empty if the field is missing. */
    Map<String, String> textsByName(String name) {
        Map<String, String> texts = new TreeMap<>();
        optionalObject(name)
                .ifPresent(fields ->
                        fields.object.fieldNames().forEachRemaining(each -> texts.put(each, fields.text(each))));
        return texts;
    }

    Instant instant(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeParseException malformed) {
            throw invalid(name, "must be a time such as 2026-01-31T12:00:00Z");
        }
    }

    <E extends Enum<E>> E oneOf(String name, Class<E> type) {
        String value = text(name);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(value))
                .findFirst()
                .orElseThrow(() -> invalid(name, "must be one of " + Arrays.toString(type.getEnumConstants())));
    }

    JsonFields object(String name) {
        return new JsonFields(require(name), pathOf(name));
    }

    Optional<JsonFields> optionalObject(String name) {
        return has(name) ? Optional.of(object(name)) : Optional.empty();
    }

    <T> List<T> objects(String name, Function<JsonFields, T> element) {
        JsonNode value = require(name);
        if (!value.isArray()) {
            throw invalid(name, "must be an array");
        }
        List<T> elements = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            elements.add(element.apply(new JsonFields(value.get(i), pathOf(name) + "[" + i + "]")));
        }
        return elements;
    }

    List<String> texts(String name) {
        JsonNode value = require(name);
        if (!value.isArray()) {
            throw invalid(name, "must be an array");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode text : value) {
            if (!text.isTextual()) {
                throw invalid(name, "must hold strings only");
            }
            texts.add(text.textValue());
        }
        return texts;
    }

    /** A misspelt field would else be ignored without a word. */
    void requireNoOthers() {
        for (var names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!read.contains(name)) {
                throw invalid(name, "is not known here; the fields are " + read);
            }
        }
    }

    /** What the values say together is not admissible. */
    InvalidJsonException invalid(String name, String problem) {
        return new InvalidJsonException("field '" + pathOf(name) + "' " + problem);
    }

    private boolean has(String name) {
        read.add(name);
        JsonNode value = object.get(name);
        return value != null && !value.isNull();
    }

    private JsonNode require(String name) {
        if (!has(name)) {
            throw invalid(name, "is missing");
        }
        return object.get(name);
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String firstLine(IOException malformed) {
        return String.valueOf(malformed.getMessage()).lines().findFirst().orElse("");
    }
}
