package io.tidemark.launcher.command;

import io.tidemark.client.PutRequest;
import io.tidemark.client.WriteRequest;
import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.item.ItemJson;
import io.tidemark.launcher.output.Output;
import io.tidemark.schema.command.ReturnValues;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark item put}. */
@Command(
        name = "put",
        description = "Write a whole item, in place of the one that may be there.",
        footer = {
            "  tidemark item put pages --item '{\"page\": \"Tides\", \"edits\": 3}'",
            "  tidemark item put pages --item '{\"page\": {\"S\": \"Tides\"}, \"edits\": {\"N\": \"3\"}}'",
            "  tidemark item put pages --item '{\"page\": \"Tides\"}' --if-absent page"
        })
final class ItemPutCommand extends ClusterCommand {
    @Parameters(index = "0", paramLabel = "TABLE", description = "The table.")
    String table = "";

    @Option(
            names = "--item",
            required = true,
            paramLabel = "JSON",
            description = "The item: plain JSON, or DynamoDB's where each value says its type.")
    String item = "";

    @Mixin
    ConditionOptions conditions = new ConditionOptions();

    @Option(names = "--return-old", description = "Print the item that was there.")
    boolean returnOld;

    ItemPutCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(ConnectedCluster cluster, Output output) {
        WriteRequest request = PutRequest.of(table, ItemJson.parse(item))
                .returning(returnOld ? ReturnValues.ALL_OLD : ReturnValues.NONE);
        WriteText.print(output, table, "put", cluster.client().write(conditions.addTo(request)));
        return ExitCode.DONE;
    }
}
