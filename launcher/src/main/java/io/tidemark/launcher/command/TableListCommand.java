package io.tidemark.launcher.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.catalog.http.CatalogJson;
import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.output.Output;
import io.tidemark.schema.catalog.TableAdmin;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code tidemark table list}. */
@Command(
        name = "list",
        description = "List all tables.",
        footer = {"  tidemark table list", "  tidemark table list --json"})
final class TableListCommand extends ClusterCommand {
    TableListCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(ConnectedCluster cluster, Output output) {
        List<TableDescription> tables = all(cluster.tables());
        ObjectNode result = Output.newObject();
        ArrayNode array = result.putArray("tables");
        tables.forEach(table -> array.add(CatalogJson.write(table)));
        output.print(
                result,
                () -> tables.isEmpty()
                        ? "no tables; `tidemark table create NAME --key ATTRIBUTE` makes one\n"
                        : TableText.of(tables));
        return ExitCode.DONE;
    }

    static List<TableDescription> all(TableAdmin admin) {
        List<TableDescription> tables = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            TableList page = await(admin.listTables(after, TableList.MAX_LIMIT));
            tables.addAll(page.tables());
            after = page.lastEvaluatedName();
        } while (after.isPresent());
        return tables;
    }
}
