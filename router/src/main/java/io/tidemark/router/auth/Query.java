package io.tidemark.router.auth;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The query of a URI, decoded. */
final class Query {
    static final Query EMPTY = new Query(List.of());

    private static final int HEX = 16;

    private final List<Parameter> parameters;

    private record Parameter(String name, String value) {}

    private Query(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    /** @param text what follows the question mark */
    static Query parse(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        List<Parameter> parameters = new ArrayList<>();
        for (String part : text.split("&", -1)) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                parameters.add(
                        equals < 0
                                ? new Parameter(decode(part), "")
                                : new Parameter(decode(part.substring(0, equals)), decode(part.substring(equals + 1))));
            }
        }
        return new Query(parameters);
    }

    boolean has(String name) {
        return parameters.stream().anyMatch(parameter -> parameter.name().equals(name));
    }

    /** Empty if there is none. */
    String value(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .findFirst()
                .orElse("");
    }

    /** As Signature Version 4 has it: encoded, then sorted by name and by value. */
    String canonical(String excludedName) {
        if (parameters.isEmpty()) {
            return "";
        }
        List<Parameter> encoded = new ArrayList<>();
        for (Parameter parameter : parameters) {
            if (!parameter.name().equals(excludedName)) {
                encoded.add(new Parameter(UriEncoding.encode(parameter.name()), UriEncoding.encode(parameter.value())));
            }
        }
        encoded.sort(Comparator.comparing(Parameter::name).thenComparing(Parameter::value));
        StringBuilder text = new StringBuilder();
        for (Parameter parameter : encoded) {
            text.append(text.isEmpty() ? "" : "&")
                    .append(parameter.name())
                    .append('=')
                    .append(parameter.value());
        }
        return text.toString();
    }

    /** Percent signs that begin no escape stay as they are. */
    private static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int length = 0;
        for (int i = 0; i < in.length; i++) {
            int high = i + 2 < in.length && in[i] == '%' ? Character.digit(in[i + 1], HEX) : -1;
            int low = high >= 0 ? Character.digit(in[i + 2], HEX) : -1;
            if (low >= 0) {
                out[length++] = (byte) (high * HEX + low);
                i += 2;
            } else {
                out[length++] = in[i] == '+' ? (byte) ' ' : in[i];
            }
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }
}
