package io.tidemark.launcher.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.client.GetRequest;
import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.item.DynamoJson;
import io.tidemark.launcher.output.Output;
import io.tidemark.schema.node.NodeReply.GetResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tidemark item get}. */
@Command(
        name = "get",
        description = "Print an item. If there is none, nothing is printed to standard output, and the exit code is 1.",
        footer = {
            "  tidemark item get pages --key Tides",
            "  tidemark item get edits --key '#en.wikipedia' --sort 2015-09-12T00:46:58 --consistent --json"
        })
final class ItemGetCommand extends ClusterCommand {
    @Parameters(index = "0", paramLabel = "TABLE", description = "The table.")
    String table = "";

    @Mixin
    KeyOptions key = new KeyOptions();

    @Mixin
    ConsistencyOptions consistency = new ConsistencyOptions();

    ItemGetCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(ConnectedCluster cluster, Output output) {
        GetRequest request =
                GetRequest.of(table, key.primaryKey(cluster, table)).consistency(consistency.consistency());
        GetResult result = await(cluster.client().getAsync(request));
        ObjectNode json = Output.newObject()
                .put("table", table)
                .put("found", result.item().isPresent())
                .put("zone", result.position().zone().name())
                .put("shard", result.position().shard().value())
                .put("nextLsn", result.position().nextLsn().offset());
        result.item().ifPresent(item -> json.set("item", DynamoJson.write(item)));
        output.print(json, () -> result.item().map(WriteText::text).orElse(""));
        if (result.item().isEmpty()) {
            output.note("no item with this key in " + table);
            return ExitCode.FAILED;
        }
        return ExitCode.DONE;
    }
}
