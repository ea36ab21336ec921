package io.tidemark.launcher.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what stands in the file, or a default, into the type of a record component. */
final class SettingValues {
    private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)");

    private SettingValues() {}

    /** The value of a default, in which an empty text means an empty optional, list or map. */
    static Object convertDefault(String text, Type type) {
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            return raw == Optional.class ? Optional.empty() : raw == List.class ? List.of() : Map.of();
        }
        return convertText(text, (Class<?>) type);
    }

    /** @throws IllegalArgumentException whose message says what is expected */
    static Object convertText(String text, Class<?> type) {
        try {
            if (type == int.class) {
                return Integer.parseInt(text);
            } else if (type == String.class) {
                return text;
            } else if (type == boolean.class) {
                return bool(text);
            } else if (type == Duration.class) {
                return duration(text);
            } else if (type == Path.class) {
                return Path.of(text);
            } else if (type == URI.class) {
                return uri(text);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a whole number, is '" + text + "'", e);
        }
        throw new IllegalStateException("no conversion to " + type);
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false, is '" + text + "'");
        };
    }

    private static URI uri(String text) {
        URI uri = URI.create(text);
        if (uri.getScheme() == null || uri.getHost() == null) {
            throw new IllegalArgumentException("must be an address such as http://127.0.0.1:8200, is '" + text + "'");
        }
        return uri;
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a time such as 500ms, 60s, 5m, 24h or 7d, is '" + text + "'");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
