package io.tidemark.launcher.command;

import io.tidemark.catalog.http.CatalogJson;
import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.output.Output;
import io.tidemark.launcher.roles.Entropy;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.catalog.BindingDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidemark table unbind}. */
@Command(
        name = "unbind",
        description = "End a binding. What it has put into the table stays.",
        footer = "  tidemark table unbind 1")
final class TableUnbindCommand extends ClusterCommand {
    @Parameters(index = "0", paramLabel = "ID", description = "The binding, as `tidemark table bindings` shows it.")
    int id;

    TableUnbindCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(ConnectedCluster cluster, Output output) {
        BindingDescription binding = await(cluster.tables().unbindSource(id, RequestId.random(Entropy.threadSafe())));
        output.print(
                CatalogJson.write(binding),
                () -> "topic " + binding.spec().topic() + " is no longer bound to table "
                        + binding.spec().tableName() + "\n");
        return ExitCode.DONE;
    }
}
