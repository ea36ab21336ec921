package io.tidemark.launcher.command;

import io.tidemark.catalog.http.CatalogJson;
import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.item.InvalidInputException;
import io.tidemark.launcher.output.Output;
import io.tidemark.launcher.roles.Entropy;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.catalog.BindingDescription;
import io.tidemark.schema.catalog.BindingSpec;
import io.tidemark.schema.catalog.BindingStatus;
import io.tidemark.schema.catalog.SourceFormat;
import io.tidemark.schema.catalog.SourceKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark table bind}. */
@Command(
        name = "bind",
        description = "Bind a Kafka topic to a table: each of its records becomes a put, one without a value a delete.",
        footer = {
            "  tidemark table bind pages --topic page-changes",
            "  tidemark table bind edits --topic edits --key-field channel --sort-field time",
            "  tidemark table bind pages --topic pages-avro --avro-schema page.avsc"
        })
final class TableBindCommand extends ClusterCommand {
    private static final int LOOKS = 20;
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(200);

    @Parameters(index = "0", paramLabel = "TABLE", description = "The table.")
    String table = "";

    @Option(names = "--topic", required = true, paramLabel = "NAME", description = "An existing topic.")
    String topic = "";

    @Option(
            names = "--avro-schema",
            paramLabel = "FILE",
            description = "The schema that the values were written with, if they are Avro; they are JSON otherwise.")
    Optional<Path> avroSchema = Optional.empty();

    @Option(
            names = "--key-field",
            paramLabel = "FIELD",
            description = "The field of a value that holds the partition key; the Kafka record's own key otherwise.")
    Optional<String> keyField = Optional.empty();

    @Option(
            names = "--sort-field",
            paramLabel = "FIELD",
            description = "The field that holds the sort key, where the table has one and --key-field is given.")
    Optional<String> sortField = Optional.empty();

    TableBindCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(ConnectedCluster cluster, Output output) throws InterruptedException {
        BindingDescription binding = await(cluster.tables().bindSource(spec(), RequestId.random(Entropy.threadSafe())));
        output.print(
                CatalogJson.write(binding),
                () -> "topic " + topic + " is bound to table " + table + " as binding " + binding.id()
                        + "; `tidemark table bindings` shows how far it is\n");
        obstacle(cluster, binding.id())
                .ifPresent(obstacle -> output.note(
                        "it does not run yet, and is tried again until it does or is unbound: " + obstacle));
        return ExitCode.DONE;
    }

    /** What keeps a new binding from running, as far as that shows at once: a topic that is not there, for instance. */
    private static Optional<String> obstacle(ConnectedCluster cluster, int bindingId) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        for (int look = 0; look < LOOKS; look++) {
            Optional<BindingStatus> status = await(cluster.tables().listBindings()).stream()
                    .filter(found -> found.binding().id() == bindingId)
                    .findFirst();
            if (status.isEmpty() || status.get().state() != BindingStatus.State.WAITING) {
                return status.filter(found -> found.state() != BindingStatus.State.RUNNING)
                        .flatMap(BindingStatus::lastError);
            }
            boolean unused = never.await(LOOK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
        return Optional.empty();
    }

    private BindingSpec spec() {
        if (sortField.isPresent() && keyField.isEmpty()) {
            throw new InvalidInputException("--sort-field goes with --key-field");
        }
        try {
            return new BindingSpec(
                    topic,
                    table,
                    avroSchema
                            .<SourceFormat>map(file -> new SourceFormat.Avro(text(file)))
                            .orElse(SourceFormat.JSON),
                    keyField.<SourceKey>map(field -> new SourceKey.Fields(field, sortField))
                            .orElse(SourceKey.RECORD_KEY));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new InvalidInputException("the schema cannot be read: " + e, e);
        }
    }
}
