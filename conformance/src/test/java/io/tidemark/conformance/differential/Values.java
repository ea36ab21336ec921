package io.tidemark.conformance.differential;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Attribute values, items and keys: from small pools, so that they meet again. */
final class Values {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_DEPTH = 3;

    private static final List<String> STRINGS = List.of(
            "", "a", "b", "ab", "abc", "k1", "k2", "é", "\u0000", "\uD83D\uDE00", "z z", "10", "2", "S", "N", "SS");
    private static final List<String> BINARIES = List.of("", "AA==", "AQ==", "AQI=", "AQIDBA==", "/w==", "YWJj");
    private static final List<String> PLAIN_NUMBERS = List.of("0", "1", "2", "3", "10", "-1", "0.5", "7", "100");
    private static final List<String> ODD_NUMBERS = List.of(
            "-0",
            "0.0",
            "00012",
            "1.50",
            "1e2",
            "1E+3",
            "5e-1",
            "+5",
            ".5",
            "5.",
            "1E-130",
            "-1E-130",
            "9.9999999999999999999999999999999999999E+125",
            "-9.9999999999999999999999999999999999999E+125",
            "12345678901234567890123456789012345678",
            "0.00000000000000000000000000000000000001",
            "123456789012345678901234567890.12345678",
            "100000000000000000000000000000000000000000",
            "1E125",
            "0E100");
    private static final List<String> BAD_NUMBERS = List.of(
            "",
            " 1",
            "1 ",
            "abc",
            "NaN",
            "Infinity",
            "1e",
            "0x1",
            "1,0",
            "--1",
            "1E126",
            "-1E126",
            "1E-131",
            "-1E-131",
            "123456789012345678901234567890123456789",
            "0.123456789012345678901234567890123456789",
            "1E999999999999",
            "é");
    private static final List<String> NO_VALUES = List.of(
            "{}",
            "{\"S\":\"a\",\"N\":\"1\"}",
            "{\"S\":1}",
            "{\"S\":true}",
            "{\"S\":[]}",
            "{\"S\":{}}",
            "{\"S\":null}",
            "{\"N\":1}",
            "{\"N\":null}",
            "{\"B\":\"not base64!\"}",
            "{\"B\":\"A\"}",
            "{\"B\":\"AB==\"}",
            "{\"B\":1}",
            "{\"NULL\":false}",
            "{\"NULL\":\"no\"}",
            "{\"NULL\":null}",
            "{\"BOOL\":\"true\"}",
            "{\"BOOL\":1}",
            "{\"SS\":[]}",
            "{\"SS\":[\"a\",\"a\"]}",
            "{\"SS\":[\"\"]}",
            "{\"SS\":\"a\"}",
            "{\"SS\":[1]}",
            "{\"SS\":[null]}",
            "{\"NS\":[]}",
            "{\"NS\":[\"1\",\"1.0\"]}",
            "{\"NS\":[\"x\"]}",
            "{\"NS\":[1]}",
            "{\"BS\":[]}",
            "{\"BS\":[\"AA==\",\"AA==\"]}",
            "{\"BS\":[\"\"]}",
            "{\"BS\":[\"!\"]}",
            "{\"L\":[{}]}",
            "{\"L\":[null]}",
            "{\"L\":[\"a\"]}",
            "{\"L\":{}}",
            "{\"M\":{\"x\":{}}}",
            "{\"M\":{\"x\":null}}",
            "{\"M\":{\"\":{\"S\":\"a\"}}}",
            "{\"M\":[]}",
            "{\"X\":\"a\"}",
            "{\"S\":\"a\",\"X\":\"a\"}",
            "{\"s\":\"a\"}",
            "\"a\"",
            "5",
            "true",
            "[]",
            "null");

    private final Dice dice;

    Values(Dice dice) {
        this.dice = dice;
    }

    static ObjectNode of(String type, String value) {
        return NODES.objectNode().put(type, value);
    }

    /** What is there mostly under this name, so that expressions find what they work with. */
    JsonNode usualOf(String attribute) {
        if (dice.chance(15)) {
            return any(MAX_DEPTH);
        }
        return switch (attribute) {
            case "n" -> number();
            case "l" -> list(2);
            case "m" -> map(2);
            case "ss" -> set("SS", STRINGS.subList(1, 8));
            case "ns" -> set("NS", PLAIN_NUMBERS);
            case "bs" -> set("BS", BINARIES.subList(1, BINARIES.size()));
            case "s", "size" -> string();
            default -> any(MAX_DEPTH);
        };
    }

    JsonNode any(int depth) {
        return switch (dice.below(depth > 0 ? 12 : 8)) {
            case 0, 1 -> string();
            case 2, 3 -> number();
            case 4 -> of("B", dice.oneOf(BINARIES));
            case 5 -> NODES.objectNode().put("BOOL", dice.chance(50));
            case 6 -> NODES.objectNode().put("NULL", true);
            case 7 -> dice.chance(50) ? set("SS", STRINGS.subList(1, 8)) : set("NS", PLAIN_NUMBERS);
            case 8, 9 -> list(depth - 1);
            default -> map(depth - 1);
        };
    }

    ObjectNode string() {
        return of("S", dice.oneOf(STRINGS));
    }

    ObjectNode number() {
        return of("N", dice.oneOf(dice.chance(80) ? PLAIN_NUMBERS : ODD_NUMBERS));
    }

    ObjectNode set(String type, List<String> pool) {
        List<String> shuffled = new ArrayList<>(pool);
        Collections.shuffle(shuffled, new java.util.Random(dice.below(Integer.MAX_VALUE)));
        ObjectNode value = NODES.objectNode();
        ArrayNode members = value.putArray(type);
        shuffled.subList(0, dice.between(1, Math.min(4, pool.size()))).forEach(members::add);
        return value;
    }

    private ObjectNode list(int depth) {
        ObjectNode value = NODES.objectNode();
        ArrayNode members = value.putArray("L");
        for (int i = dice.below(4); i > 0; i--) {
            members.add(any(depth));
        }
        return value;
    }

    private ObjectNode map(int depth) {
        ObjectNode value = NODES.objectNode();
        ObjectNode members = value.putObject("M");
        for (int i = dice.below(4); i > 0; i--) {
            members.set(dice.oneOf(Names.NESTED), any(depth));
        }
        return value;
    }

    /** What the API refuses wherever a value is asked for. */
    JsonNode broken() {
        try {
            return switch (dice.below(10)) {
                case 0, 1 -> of("N", dice.oneOf(BAD_NUMBERS));
                case 2 -> set("NS", List.of("1", dice.oneOf(BAD_NUMBERS), "2"));
                case 3 -> deep(dice.between(30, 35));
                default -> JSON.readTree(dice.oneOf(NO_VALUES));
            };
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode deep(int levels) {
        JsonNode value = string();
        for (int i = 0; i < levels; i++) {
            ObjectNode outer = NODES.objectNode();
            if (dice.chance(50)) {
                outer.putArray("L").add(value);
            } else {
                outer.putObject("M").set("m", value);
            }
            value = outer;
        }
        return value;
    }

    ObjectNode keyValue(String type) {
        return switch (type) {
            case "S" -> of("S", dice.oneOf("a", "b", "ab", "é", "B"));
            case "N" -> of("N", dice.oneOf("1", "2", "10", "-3", "0.5", "1.0", "2e0"));
            default -> of("B", dice.oneOf("AQ==", "Ag==", "AQI=", "/w=="));
        };
    }

    ObjectNode key(TableShape table) {
        ObjectNode key = NODES.objectNode();
        table.keyNames().forEach(name -> key.set(name, keyValue(table.typeOf(name))));
        return key;
    }

    ObjectNode item(TableShape table) {
        ObjectNode item = key(table);
        for (int i = dice.below(6); i > 0; i--) {
            String name = dice.oneOf(Names.ATTRIBUTES);
            item.set(name, usualOf(name));
        }
        return item;
    }

    /** A key that is often not one of the table. */
    ObjectNode oddKey(TableShape table) {
        ObjectNode key = key(table);
        String name = dice.oneOf(table.keyNames());
        switch (dice.below(9)) {
            case 0 -> key.remove(name);
            case 1 -> key.set("other", string());
            case 2 -> key.set(name, of(table.typeOf(name), ""));
            case 3 -> key.set(name, any(1));
            case 4 -> key.set(name, broken());
            case 5 -> key.set(name, of("S", "k".repeat(dice.oneOf(1024, 1025, 2048, 2049))));
            case 6 -> key.removeAll();
            case 7 -> key.set(name, of("N", dice.oneOf(ODD_NUMBERS)));
            default -> key.set(name, of("B", "AQID".repeat(dice.oneOf(256, 342, 683))));
        }
        return key;
    }
}
