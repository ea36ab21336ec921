package io.tidemark.launcher.command;

import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.item.KeyText;
import io.tidemark.schema.key.PrimaryKey;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which item is meant. */
final class KeyOptions {
    @Option(
            names = "--key",
            required = true,
            paramLabel = "VALUE",
            description = "The partition key's value, or a JSON object with all key attributes.")
    String key = "";

    @Option(names = "--sort", paramLabel = "VALUE", description = "The sort key's value, where the table has one.")
    Optional<String> sort = Optional.empty();

    PrimaryKey primaryKey(ConnectedCluster cluster, String table) {
        return KeyText.primaryKey(
                ClusterCommand.await(cluster.tables().describeTable(table)).keySchema(), key, sort);
    }
}
