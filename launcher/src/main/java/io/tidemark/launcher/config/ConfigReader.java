package io.tidemark.launcher.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                        + Spelling.didYouMean(name, Sections.titles()) + " Sections are "
                        + String.join(", ", Sections.titles())
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
                section(file, root, Sections.ROUTER, RouterSection.class),
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
        return node == null ? Optional.empty() : Optional.of(new RecordReader(file).read(section.title(), node, type));
    }
}
