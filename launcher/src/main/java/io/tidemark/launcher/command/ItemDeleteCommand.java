package io.tidemark.launcher.command;

import io.tidemark.client.DeleteRequest;
import io.tidemark.client.WriteResult;
import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.output.Output;
import io.tidemark.schema.command.ReturnValues;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark item delete}. */
@Command(
        name = "delete",
        description = "Delete an item. It is no error if there is none.",
        footer = {"  tidemark item delete pages --key Tides", "  tidemark item delete pages --key Tides --if edits=0"})
final class ItemDeleteCommand extends ClusterCommand {
    @Parameters(index = "0", paramLabel = "TABLE", description = "The table.")
    String table = "";

    @Mixin
    KeyOptions key = new KeyOptions();

    @Mixin
    ConditionOptions conditions = new ConditionOptions();

    @Option(names = "--return-old", description = "Print the item that was there.")
    boolean returnOld;

    ItemDeleteCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(ConnectedCluster cluster, Output output) {
        DeleteRequest request = DeleteRequest.of(table, key.primaryKey(cluster, table))
                .returning(returnOld ? ReturnValues.ALL_OLD : ReturnValues.NONE);
        WriteResult result = cluster.client().write(conditions.addTo(request));
        WriteText.print(output, table, result.oldSizeBytes() == 0 ? "nothing was there to delete:" : "deleted", result);
        return ExitCode.DONE;
    }
}
