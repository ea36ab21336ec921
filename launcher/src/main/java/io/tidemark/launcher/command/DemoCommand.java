package io.tidemark.launcher.command;

import io.tidemark.launcher.config.ClientSection;
import io.tidemark.launcher.config.ConfigReader;
import io.tidemark.launcher.config.TidemarkConfig;
import io.tidemark.launcher.demo.DemoRun;
import io.tidemark.launcher.item.InvalidInputException;
import io.tidemark.launcher.output.Logging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidemark demo}. */
@Command(
        name = "demo",
        description = {
            "Watch 39,244 real Wikipedia edits go through a Kafka log into replicas in three zones, get queried, archived to"
                    + " S3 and verified; then a flipped bit on one zone's disk is found and healed.",
            "Exits with 0 only if every check on the way held."
        },
        footer = {
            "  tidemark demo",
            "  tidemark demo --data /tmp/demo              (keeps the data, to look around in it)",
            "  tidemark demo --connect compose/demo.yaml   (on a cluster that runs elsewhere)"
        })
final class DemoCommand extends BaseCommand {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Empty folder for the cluster's data, kept afterwards. Default: a temporary one, removed at the end.")
    Optional<Path> data = Optional.empty();

    @Option(
            names = "--connect",
            paramLabel = "FILE",
            description =
                    "Run on a cluster that serves already; FILE has a section `client`. Its disks are left alone.")
    Optional<Path> connect = Optional.empty();

    DemoCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        if (connect.isPresent()) {
            TidemarkConfig config = new ConfigReader(context().environment()).read(connect.get());
            ClientSection client = config.require("demo --connect", "client", config.client());
            return new DemoRun(context().terminal(), json).connected(client) ? ExitCode.DONE : ExitCode.FAILED;
        }
        Path folder = folder();
        Logging.toFile(folder.resolve("tidemark.log"));
        boolean held = false;
        try {
            held = new DemoRun(context().terminal(), json).embedded(folder.resolve("cluster"));
            return held ? ExitCode.DONE : ExitCode.FAILED;
        } finally {
            if (data.isEmpty() && held) {
                Folders.delete(folder);
            } else {
                context().terminal().err().println("the data and tidemark.log are in " + folder);
            }
        }
    }

    private Path folder() throws IOException {
        if (data.isEmpty()) {
            return Files.createTempDirectory("tidemark-demo-");
        }
        Path folder = data.get().toAbsolutePath().normalize();
        Files.createDirectories(folder);
        try (Stream<Path> content = Files.list(folder)) {
            if (content.findAny().isPresent()) {
                throw new InvalidInputException(
                        "the folder " + folder + " is not empty: the demo begins with an empty one");
            }
        }
        return folder;
    }
}
