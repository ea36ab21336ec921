package io.tidemark.launcher.command;

import io.tidemark.embedded.BrokersConfig;
import io.tidemark.launcher.cluster.EmbeddedCluster;
import io.tidemark.launcher.cluster.EmbeddedClusterOptions;
import io.tidemark.launcher.cluster.RouterOptions;
import io.tidemark.launcher.item.InvalidInputException;
import io.tidemark.launcher.output.Logging;
import io.tidemark.launcher.output.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidemark dev}. */
@Command(
        name = "dev",
        description = {
            "Run a whole cluster in this process: brokers, an S3 server, a storage node in each zone, control plane, router,"
                    + " archiver, verifier. Everything is kept in one folder; the next start goes on with it.",
            "The router is the DynamoDB API. Its clients sign with the access key `tidemark` and the secret key"
                    + " `tidemark-local`; `export` what is printed before `ready:`, and AWS CLI and SDKs find it.",
            "Ctrl-C stops it."
        },
        footer = {
            "  tidemark dev",
            "  tidemark dev --data /tmp/try --port 9000 --router-port 9001",
            "  tidemark dev --no-auth                     (any credentials, or none)",
            "  tidemark table create pages --key page     (in another terminal)",
            "  aws dynamodb list-tables                   (there, too)"
        })
final class DevCommand extends BaseCommand {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "tidemark-data",
            description = "Folder of everything that the cluster keeps. Default: ${DEFAULT-VALUE}.")
    Path data = Path.of("tidemark-data");

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8100",
            description = "Port of the control plane, where commands connect; 0 takes a free one. Default:"
                    + " ${DEFAULT-VALUE}.")
    int port = EmbeddedClusterOptions.DEFAULT_PORT;

    @Option(
            names = "--router-port",
            paramLabel = "N",
            defaultValue = "8000",
            description = "Port of the router, the DynamoDB API; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    int routerPort = RouterOptions.DEFAULT_PORT;

    @Option(names = "--no-auth", description = "The router serves everybody, without looking at signatures.")
    boolean noAuth;

    @Option(
            names = "--zones",
            paramLabel = "N",
            defaultValue = "3",
            description = "Zones, each with a broker and a storage node; fixed with the first start of a folder."
                    + " Default: ${DEFAULT-VALUE}.")
    int zones = BrokersConfig.DEFAULT_ZONES.size();

    @Option(
            names = "--shards",
            paramLabel = "N",
            defaultValue = "3",
            description = "Shards of the write-ahead log; fixed with the first start of a folder. Default:"
                    + " ${DEFAULT-VALUE}.")
    int shards = EmbeddedClusterOptions.DEFAULT_SHARDS;

    DevCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        requireOptions();
        Terminal terminal = context().terminal();
        terminal.err().println("tidemark dev: data in " + data.toAbsolutePath().normalize());
        Logging.toFile(logFile());
        EmbeddedClusterOptions options = EmbeddedClusterOptions.in(data)
                .withZones(zones)
                .withShards(shards)
                .withPort(port)
                .withRouter(new RouterOptions(routerPort, noAuth));
        long startNanos = System.nanoTime();
        EmbeddedCluster cluster = EmbeddedCluster.start(
                options,
                (part, detail, elapsed) -> terminal.err()
                        .println(String.format(Locale.ROOT, "  %5.1f s  %-9s %s", seconds(elapsed), part, detail)));
        closeAtShutdown(cluster, terminal);
        CompletionStage<String> fault = cluster.fault();
        fault.thenAccept(
                reason -> terminal.err().println(terminal.bad("fault: ") + reason + " (see " + logFile() + ")"));
        terminal.out().println(exports(cluster));
        terminal.out()
                .println(String.format(
                        Locale.ROOT,
                        "ready: %s after %.1f s; DynamoDB API at %s; %d zones, %d shards. Ctrl-C stops it.",
                        cluster.endpoint(),
                        seconds(Duration.ofNanos(System.nanoTime() - startNanos)),
                        cluster.api(),
                        zones,
                        shards));
        terminal.out().flush();
        new CountDownLatch(1).await();
        return ExitCode.DONE;
    }

    private void requireOptions() {
        if (zones < 1 || zones > BrokersConfig.MAX_ZONES) {
            throw new InvalidInputException("--zones is 1 to " + BrokersConfig.MAX_ZONES + ", not " + zones);
        }
        requirePort("--port", port);
        requirePort("--router-port", routerPort);
        if (port == routerPort && port != 0) {
            throw new InvalidInputException("--port and --router-port are both " + port);
        }
        if (shards < 1 || shards > 256) {
            throw new InvalidInputException("--shards is 1 to 256, not " + shards);
        }
    }

    private static void requirePort(String option, int port) {
        if (port < 0 || port > 65_535) {
            throw new InvalidInputException(option + " is 0 to 65535, not " + port);
        }
    }

    /** What AWS CLI and SDKs read from their environment. They sign even where nobody looks at it. */
    private static String exports(EmbeddedCluster cluster) {
        return "export AWS_ENDPOINT_URL_DYNAMODB=" + cluster.api()
                + " AWS_REGION=" + RouterOptions.REGION + " AWS_DEFAULT_REGION=" + RouterOptions.REGION
                + " AWS_ACCESS_KEY_ID=" + RouterOptions.ACCESS_KEY
                + " AWS_SECRET_ACCESS_KEY=" + RouterOptions.SECRET_KEY;
    }

    private Path logFile() {
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "the folder " + data.toAbsolutePath() + " cannot be made (" + e + "): name another with --data", e);
        }
        return data.resolve("tidemark.log");
    }

    /** The signal ends the process from a thread of its own; the cluster closes there. */
    private static void closeAtShutdown(EmbeddedCluster cluster, Terminal terminal) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            long startNanos = System.nanoTime();
                            terminal.err().println("stopping…");
                            cluster.close();
                            terminal.err()
                                    .println(String.format(
                                            Locale.ROOT,
                                            "stopped after %.1f s; the data is in %s",
                                            seconds(Duration.ofNanos(System.nanoTime() - startNanos)),
                                            cluster.options()
                                                    .data()
                                                    .toAbsolutePath()
                                                    .normalize()));
                        },
                        "stop"));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
