package io.tidemark.launcher.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Every setting with default and meaning, taken from the sections themselves. */
public final class ConfigReference {
    private ConfigReference() {}

    /** @param byDefault as it would be written in the file, or {@code (required)}, or {@code (none)} */
    public record Entry(String section, String setting, String byDefault, String meaning) {}

    /** In the order of the sections and of their settings. */
    public static List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (Sections section : Sections.values()) {
            add(entries, section.title(), "", section.type());
        }
        return entries;
    }

    /** @param prefix of the settings' names: empty, or that of the setting that holds them, with a dot */
    private static void add(List<Entry> entries, String section, String prefix, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            Setting setting = component.getAnnotation(Setting.class);
            String byDefault = setting.byDefault().isEmpty() ? "(none)" : setting.byDefault();
            String name = prefix + component.getName();
            entries.add(new Entry(section, name, byDefault, setting.meaning()));
            if (component.getGenericType() instanceof ParameterizedType map
                    && map.getActualTypeArguments()[map.getActualTypeArguments().length - 1] instanceof Class<?> nested
                    && nested.isRecord()) {
                add(entries, section, name + ".NAME.", nested);
            }
        }
    }

    /** The reference page. */
    public static String markdown() {
        StringBuilder page = new StringBuilder("""
                # Configuration

                One YAML file configures a process: `tidemark node --config node.yaml`. Each section is a map of settings; sections of
                other roles may stand in the same file. `${NAME}` stands for a variable of the environment. Times are written `500ms`,
                `60s`, `5m`, `24h`, `7d`. Unknown settings are errors.

                This page is printed from the code (`tidemark config --markdown`), and a test checks that it is current.
                """);
        for (Sections section : Sections.values()) {
            page.append("\n## ")
                    .append(section.title())
                    .append("\n\nFor ")
                    .append(section.usedBy())
                    .append(".\n\n");
            page.append("| setting | default | meaning |\n|---|---|---|\n");
            entries().stream()
                    .filter(entry -> entry.section().equals(section.title()))
                    .forEach(entry -> page.append("| `")
                            .append(entry.setting())
                            .append("` | ")
                            .append(
                                    entry.byDefault().startsWith("(")
                                            ? entry.byDefault()
                                            : "`" + entry.byDefault() + "`")
                            .append(" | ")
                            .append(entry.meaning().replace("|", "\\|"))
                            .append(" |\n"));
        }
        return page.toString();
    }

    /** Names of all sections, in order. */
    public static List<String> sections() {
        return Arrays.stream(Sections.values()).map(Sections::title).toList();
    }
}
