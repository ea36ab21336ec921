package io.tidemark.launcher.command;

import io.tidemark.client.UpdateRequest;
import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.item.UpdateText;
import io.tidemark.launcher.output.Output;
import io.tidemark.schema.command.ReturnValues;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateExpression;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark item update}. */
@Command(
        name = "update",
        description = "Change attributes of an item; an item that is not there is made. Prints the item as it is then.",
        footer = {
            "  tidemark item update pages --key Tides --add edits=1 --set last_user=somebody",
            "  tidemark item update pages --key Tides --remove draft --add tags='[\"sea\"]' --if 'edits>=3'"
        })
final class ItemUpdateCommand extends ClusterCommand {
    @Parameters(index = "0", paramLabel = "TABLE", description = "The table.")
    String table = "";

    @Mixin
    KeyOptions key = new KeyOptions();

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Set an attribute. The value is JSON where it is some, else a string.")
    List<String> sets = new ArrayList<>();

    @Option(
            names = "--add",
            paramLabel = "PATH=VALUE",
            description = "Add to a number, or add elements to a set; what is not there counts as 0 or empty.")
    List<String> adds = new ArrayList<>();

    @Option(names = "--remove", paramLabel = "PATH", description = "Remove an attribute.")
    List<String> removals = new ArrayList<>();

    @Option(names = "--delete", paramLabel = "PATH=VALUE", description = "Delete elements from a set.")
    List<String> deletions = new ArrayList<>();

    @Mixin
    ConditionOptions conditions = new ConditionOptions();

    ItemUpdateCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(ConnectedCluster cluster, Output output) {
        List<UpdateAction> actions = new ArrayList<>();
        sets.forEach(text -> actions.add(UpdateText.set(text)));
        adds.forEach(text -> actions.add(UpdateText.add(text)));
        removals.forEach(text -> actions.add(UpdateText.remove(text)));
        deletions.forEach(text -> actions.add(UpdateText.delete(text)));
        UpdateRequest request = UpdateRequest.of(table, key.primaryKey(cluster, table), new UpdateExpression(actions))
                .returning(ReturnValues.ALL_NEW);
        WriteText.print(output, table, "updated", cluster.client().write(conditions.addTo(request)));
        return ExitCode.DONE;
    }
}
