package io.tidemark.launcher.command;

import io.tidemark.catalog.http.CatalogJson;
import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.output.Output;
import io.tidemark.launcher.output.TextTable;
import io.tidemark.schema.catalog.BindingStatus;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code tidemark table bindings}. */
@Command(
        name = "bindings",
        description = "List the topics that are bound to tables, and how far each is.",
        footer = "  tidemark table bindings")
final class TableBindingsCommand extends ClusterCommand {
    TableBindingsCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(ConnectedCluster cluster, Output output) {
        List<BindingStatus> bindings = await(cluster.tables().listBindings());
        output.print(
                CatalogJson.writeBindings(bindings),
                () -> bindings.isEmpty()
                        ? "no bindings; `tidemark table bind TABLE --topic NAME` makes one\n"
                        : text(bindings));
        return ExitCode.DONE;
    }

    static String text(List<BindingStatus> bindings) {
        TextTable table =
                TextTable.withColumns(">ID", "TOPIC", "TABLE", "STATE", ">APPENDED", ">LAG", ">DEAD", "LAST ERROR");
        bindings.forEach(status -> table.row(
                status.binding().id(),
                status.binding().spec().topic(),
                status.binding().spec().tableName(),
                status.state(),
                status.appendedRecords(),
                status.lagRecords().map(Object::toString).orElse("?"),
                status.deadLetters(),
                status.lastError().orElse("")));
        return table.render("");
    }
}
