package io.tidemark.launcher.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.launcher.config.ConfigReference;
import io.tidemark.launcher.output.Output;
import io.tidemark.launcher.output.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidemark config}. */
@Command(
        name = "config",
        description = "Print every setting of the configuration file with its default and its meaning.",
        footer = {"  tidemark config", "  tidemark config --json"})
final class ConfigCommand extends BaseCommand {
    @Option(names = "--markdown", description = "Print the reference page, docs/configuration.md.")
    boolean markdown;

    ConfigCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        Output output = output();
        output.print(asJson(), () -> markdown ? ConfigReference.markdown() : asText());
        return ExitCode.DONE;
    }

    private static ObjectNode asJson() {
        ObjectNode result = Output.newObject();
        ArrayNode settings = result.putArray("settings");
        ConfigReference.entries()
                .forEach(entry -> settings.addObject()
                        .put("section", entry.section())
                        .put("setting", entry.setting())
                        .put("default", entry.byDefault())
                        .put("meaning", entry.meaning()));
        return result;
    }

    private static String asText() {
        TextTable table = TextTable.withColumns("SETTING", "DEFAULT", "MEANING");
        ConfigReference.entries()
                .forEach(entry ->
                        table.row(entry.section() + "." + entry.setting(), entry.byDefault(), entry.meaning()));
        return table.render("");
    }
}
