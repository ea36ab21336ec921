package io.tidemark.launcher.command;

import io.tidemark.catalog.http.CatalogJson;
import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.output.Output;
import io.tidemark.launcher.roles.Entropy;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.catalog.TableDescription;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark table delete}. */
@Command(
        name = "delete",
        description = "Delete a table with all its items, and wait until it is gone. The archive keeps its history.",
        footer = "  tidemark table delete pages")
final class TableDeleteCommand extends ClusterCommand {
    private static final Duration WAIT = Duration.ofMinutes(4);

    @Parameters(index = "0", paramLabel = "NAME", description = "The table.")
    String name = "";

    @Option(names = "--no-wait", description = "Return as soon as the deletion has begun.")
    boolean noWait;

    TableDeleteCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(ConnectedCluster cluster, Output output) {
        TableDescription table = await(cluster.tables().deleteTable(name, RequestId.random(Entropy.threadSafe())));
        if (!noWait) {
            await(cluster.tables().awaitGone(name, WAIT));
        }
        output.print(CatalogJson.write(table), () -> "table " + name + (noWait ? " is being deleted\n" : " is gone\n"));
        return ExitCode.DONE;
    }
}
