package io.tidemark.launcher.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Supplier;

/**
 * Where a command's result goes: JSON for programs, text for people.
 *
 * @param json whether JSON was asked for
 */
public record Output(Terminal terminal, boolean json) {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(com.fasterxml.jackson.core.StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    public static ObjectNode newObject() {
        return MAPPER.createObjectNode();
    }

    /** @param text ends with a line feed, unless empty */
    public void print(JsonNode result, Supplier<String> text) {
        terminal.out().print(json ? pretty(result) + "\n" : text.get());
        terminal.out().flush();
    }

    /** For people only. */
    public void say(String line) {
        if (!json) {
            terminal.out().println(line);
        }
    }

    /** A remark that belongs to no result. */
    public void note(String line) {
        terminal.err().println(terminal.faint(line));
    }

    public static String pretty(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    /** On one line. */
    public static String compact(JsonNode node) {
        try {
            return MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }
}
