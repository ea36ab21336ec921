package io.tidemark.launcher.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a YAML file into a {@link TidemarkConfig}. Every mistake is a {@link ConfigException} that names the setting. */
public final class ConfigReader {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private final Map<String, String> environment;

    /** @param environment what {@code ${NAME}} in the file stands for */
    public ConfigReader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    public TidemarkConfig read(Path file) {
        JsonNode root = parse(file, substituted(file, text(file)));
        root.fieldNames().forEachRemaining(name -> {
            if (!Sections.titles().contains(name)) {
                throw new ConfigException(file + ": unknown section '" + name + "'"
                        + didYouMean(name, Sections.titles()) + " Sections are " + String.join(", ", Sections.titles())
                        + ".");
            }
        });
        return new TidemarkConfig(
                file,
                section(file, root, Sections.KAFKA, KafkaSection.class),
                section(file, root, Sections.S3, S3Section.class),
                section(file, root, Sections.BROKER, BrokerSection.class),
                section(file, root, Sections.NODE, NodeSection.class),
                section(file, root, Sections.CONTROL, ControlSection.class),
                section(file, root, Sections.ARCHIVER, ArchiverSection.class),
                section(file, root, Sections.VERIFIER, VerifierSection.class),
                section(file, root, Sections.CLIENT, ClientSection.class),
                section(file, root, Sections.METRICS, MetricsSection.class));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ConfigException(
                    "cannot read the configuration file " + file + ": " + (Files.exists(file) ? e : "no such file"), e);
        }
    }

    private String substituted(Path file, String text) {
        return VARIABLE.matcher(text).replaceAll(match -> {
            String value = environment.get(match.group(1));
            if (value == null) {
                throw new ConfigException(file + ": the environment has no variable " + match.group(1)
                        + ", which the file refers to; export it before the start");
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private static JsonNode parse(Path file, String text) {
        try (JsonParser parser = new YAMLMapper()
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .createParser(text)) {
            JsonNode root = parser.readValueAsTree();
            if (root == null || !root.isObject()) {
                throw new ConfigException(
                        file + ": no section in the file. `tidemark config` lists what can stand there.");
            }
            return root;
        } catch (JacksonException e) {
            throw new ConfigException(
                    file + ": not YAML: " + e.getOriginalMessage() + " (line "
                            + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()) + ")",
                    e);
        } catch (IOException e) {
            throw new ConfigException(file + ": " + e.getMessage(), e);
        }
    }

    private static <T extends Record> Optional<T> section(Path file, JsonNode root, Sections section, Class<T> type) {
        JsonNode node = root.get(section.title());
        if (node == null) {
            return Optional.empty();
        }
        if (!node.isObject() && !node.isNull()) {
            throw new ConfigException(file + ": section '" + section.title() + "' must be a map of settings");
        }
        RecordComponent[] components = type.getRecordComponents();
        List<String> names =
                Arrays.stream(components).map(RecordComponent::getName).toList();
        node.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw new ConfigException(file + ": unknown setting '" + section.title() + "." + name + "'"
                        + didYouMean(name, names) + " `tidemark config` lists all settings.");
            }
        });
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : components) {
            values.add(value(file, section.title(), node.get(component.getName()), component));
        }
        return Optional.of(construct(file, section.title(), type, values));
    }

    private static Object value(
            Path file, String section, @org.jspecify.annotations.Nullable JsonNode node, RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        String name = section + "." + component.getName();
        if (node == null || node.isNull()) {
            if (setting.byDefault().equals(Setting.REQUIRED)) {
                throw new ConfigException(
                        file + ": missing setting '" + name + "': " + setting.meaning() + ". It has no default.");
            }
            return SettingValues.convertDefault(setting.byDefault(), component.getGenericType());
        }
        try {
            return SettingValues.convert(node, component.getGenericType());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    file + ": setting '" + name + "' " + e.getMessage() + ". It is: " + setting.meaning() + ".", e);
        }
    }

    private static <T extends Record> T construct(Path file, String section, Class<T> type, List<Object> values) {
        try {
            return type.cast(type.getDeclaredConstructors()[0].newInstance(values.toArray()));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Checks.InvalidSettingException invalid) {
                throw new ConfigException(
                        file + ": setting '" + section + "." + invalid.setting() + "' " + invalid.getMessage(), e);
            }
            throw new ConfigException(file + ": section '" + section + "': " + String.valueOf(e.getCause()), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("section " + type + " cannot be made", e);
        }
    }

    private static String didYouMean(String given, List<String> names) {
        return Spelling.nearest(given, names)
                .map(name -> "; did you mean '" + name + "'?")
                .orElse(".");
    }
}
