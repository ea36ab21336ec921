package io.tidemark.launcher.command;

import io.tidemark.catalog.http.CatalogJson;
import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.output.Output;
import io.tidemark.launcher.output.TextTable;
import io.tidemark.schema.catalog.TableDescription;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidemark table describe}. */
@Command(
        name = "describe",
        description = "Show a table, and which shard has which of its partitions.",
        footer = "  tidemark table describe pages")
final class TableDescribeCommand extends ClusterCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "The table.")
    String name = "";

    TableDescribeCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(ConnectedCluster cluster, Output output) {
        TableDescription table = await(cluster.tables().describeTable(name));
        output.print(CatalogJson.write(table), () -> {
            TextTable partitions = TextTable.withColumns("HASHES FROM", "UP TO", ">SHARD");
            table.route()
                    .partitions()
                    .forEach(partition -> partitions.row(
                            hash(partition.range().start()),
                            hash(partition.range().end()),
                            partition.shard()));
            return TableText.of(List.of(table)) + "\n" + partitions.render("");
        });
        return ExitCode.DONE;
    }

    private static String hash(long hash) {
        return String.format(java.util.Locale.ROOT, "%09x", hash);
    }
}
