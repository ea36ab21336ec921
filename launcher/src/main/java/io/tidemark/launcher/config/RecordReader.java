package io.tidemark.launcher.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a map of settings into a record whose components carry a {@link Setting}. Values may be records themselves. Every mistake
 * is a {@link ConfigException} that names the setting by its path in the file.
 */
record RecordReader(Path file) {

    /** @param path of the map in the file, such as {@code router} or {@code router.keys.reports} */
    <T extends Record> T read(String path, JsonNode node, Class<T> type) {
        if (!node.isObject() && !node.isNull()) {
            throw new ConfigException(file + ": '" + path + "' must be a map of settings");
        }
        RecordComponent[] components = type.getRecordComponents();
        List<String> names =
                Arrays.stream(components).map(RecordComponent::getName).toList();
        node.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw new ConfigException(file + ": unknown setting '" + path + "." + name + "'"
                        + Spelling.didYouMean(name, names) + " `tidemark config` lists all settings.");
            }
        });
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : components) {
            values.add(value(path + "." + component.getName(), node.get(component.getName()), component));
        }
        return construct(path, type, values);
    }

    private Object value(String path, @Nullable JsonNode node, RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        if (node == null || node.isNull()) {
            if (setting.byDefault().equals(Setting.REQUIRED)) {
                throw new ConfigException(
                        file + ": missing setting '" + path + "': " + setting.meaning() + ". It has no default.");
            }
            return SettingValues.convertDefault(setting.byDefault(), component.getGenericType());
        }
        try {
            return convert(path, node, component.getGenericType());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    file + ": setting '" + path + "' " + e.getMessage() + ". It is: " + setting.meaning() + ".", e);
        }
    }

    /** @throws IllegalArgumentException whose message says what is expected */
    private Object convert(String path, JsonNode node, Type type) {
        if (type instanceof ParameterizedType generic) {
            return convertGeneric(path, node, generic);
        }
        Class<?> single = (Class<?>) type;
        if (single.isRecord()) {
            return read(path, node, single.asSubclass(Record.class));
        }
        if (!node.isValueNode()) {
            throw new IllegalArgumentException("must be a single value, not a list or a map");
        }
        return SettingValues.convertText(node.asText(), single);
    }

    private Object convertGeneric(String path, JsonNode node, ParameterizedType type) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] arguments = type.getActualTypeArguments();
        if (raw == Optional.class) {
            return Optional.of(convert(path, node, arguments[0]));
        }
        if (raw == List.class) {
            if (!node.isArray()) {
                throw new IllegalArgumentException("must be a list: [first, second]");
            }
            List<Object> values = new ArrayList<>();
            node.forEach(element -> values.add(convert(path, element, arguments[0])));
            return values;
        }
        if (!node.isObject()) {
            throw new IllegalArgumentException("must be a map of name: value");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> values.put(
                        entry.getKey(), convert(path + "." + entry.getKey(), entry.getValue(), arguments[1])));
        return Collections.unmodifiableMap(values);
    }

    private <T extends Record> T construct(String path, Class<T> type, List<Object> values) {
        try {
            return type.cast(type.getDeclaredConstructors()[0].newInstance(values.toArray()));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Checks.InvalidSettingException invalid) {
                throw new ConfigException(
                        file + ": setting '" + path + "." + invalid.setting() + "' " + invalid.getMessage(), e);
            }
            throw new ConfigException(file + ": '" + path + "': " + String.valueOf(e.getCause()), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("section " + type + " cannot be made", e);
        }
    }
}
