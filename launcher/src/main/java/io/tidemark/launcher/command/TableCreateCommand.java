package io.tidemark.launcher.command;

import io.tidemark.catalog.http.CatalogJson;
import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.item.InvalidInputException;
import io.tidemark.launcher.output.Output;
import io.tidemark.launcher.roles.Entropy;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.catalog.CatalogException;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableSpec;
import io.tidemark.schema.key.KeySchema;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark table create}. */
@Command(
        name = "create",
        description = "Create a table, and wait until it serves.",
        footer = {
            "  tidemark table create pages --key page",
            "  tidemark table create edits --key channel --sort time:N --partitions 6"
        })
final class TableCreateCommand extends ClusterCommand {
    private static final Duration WAIT = Duration.ofSeconds(60);

    @Parameters(index = "0", paramLabel = "NAME", description = "The table's name: 3 to 255 of a-z A-Z 0-9 _ - .")
    String name = "";

    @Option(
            names = "--key",
            required = true,
            paramLabel = "NAME[:TYPE]",
            description = "Partition key; the type is S (string, the default), N (number) or B (binary).")
    String key = "";

    @Option(names = "--sort", paramLabel = "NAME[:TYPE]", description = "Sort key, if the table shall have one.")
    Optional<String> sort = Optional.empty();

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Into how many partitions its keys are split; one for each shard by default.")
    Optional<Integer> partitions = Optional.empty();

    @Option(names = "--if-not-exists", description = "Do nothing if a table of that name is there.")
    boolean ifNotExists;

    TableCreateCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(ConnectedCluster cluster, Output output) {
        TableSpec spec = new TableSpec(name, keySchema(), partitions);
        try {
            await(cluster.tables().createTable(spec, RequestId.random(Entropy.threadSafe())));
        } catch (CatalogException e) {
            if (e.kind() != CatalogException.Kind.TABLE_EXISTS || !ifNotExists) {
                throw e;
            }
        }
        TableDescription table = await(cluster.tables().awaitActive(name, WAIT));
        output.print(
                CatalogJson.write(table),
                () -> "table " + name + " is " + table.status() + ": key "
                        + TableText.of(table.keySchema()) + ", "
                        + table.route().partitions().size() + " partitions\n");
        return ExitCode.DONE;
    }

    private KeySchema keySchema() {
        try {
            return new KeySchema(
                    TableText.attribute("--key", key), sort.map(text -> TableText.attribute("--sort", text)));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
    }
}
