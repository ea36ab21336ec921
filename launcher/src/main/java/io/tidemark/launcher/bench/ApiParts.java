package io.tidemark.launcher.bench;

import io.tidemark.launcher.cluster.EmbeddedCluster;
import io.tidemark.launcher.cluster.EmbeddedClusterOptions;
import io.tidemark.launcher.output.ProgressBar;
import io.tidemark.launcher.output.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/** The API: beside DynamoDB Local, beside the Java client, at ten times the rate, and at saturation for long. */
final class ApiParts {
    private final BenchOptions options;
    private final Terminal terminal;
    private final BenchReport report;
    private final SplittableRandom random;

    ApiParts(BenchOptions options, Terminal terminal, BenchReport report, SplittableRandom random) {
        this.options = options;
        this.terminal = terminal;
        this.report = report;
        this.random = random;
    }

    void run() throws InterruptedException {
        boolean sideBySide = options.parts().contains(Part.API);
        boolean saturation = options.parts().contains(Part.SATURATION);
        if (!sideBySide && !saturation) {
            return;
        }
        try (TemporaryFolder folder = new TemporaryFolder();
                EmbeddedCluster cluster = start(folder.path().resolve("tidemark"));
                ApiCluster ways = new ApiCluster(cluster, random.split())) {
            if (!options.archiver()) {
                cluster.archiver().close();
            }
            ways.api().createTable();
            fill("Tidemark", ways.api());
            if (sideBySide) {
                compare(ways, folder.path().resolve("dynamodb-local"));
                new RateSteps(options, terminal, report, random.split()).run(ways.api());
            }
            if (saturation) {
                new Saturation(options.api().saturation(), terminal, report, random.split()).run(ways.api());
            }
        }
    }

    private EmbeddedCluster start(Path data) {
        return EmbeddedCluster.start(
                EmbeddedClusterOptions.in(data),
                (part, detail, elapsed) -> terminal.err()
                        .printf(Locale.ROOT, "  %5.1f s  %s: %s%n", elapsed.toMillis() / 1e3, part, detail));
    }

    private void compare(ApiCluster ways, Path data) throws InterruptedException {
        try (DynamoDbLocal local = DynamoDbLocal.start(options.dynamoDbLocalJars(), newFolder(data));
                ApiClient peer = new ApiClient(local.endpoint(), DynamoDbLocal.CREDENTIAL, DynamoDbLocal.CREDENTIAL)) {
            terminal.err().println("  DynamoDB Local: " + local.endpoint());
            peer.createTable();
            fill("DynamoDB Local", peer);
            new ApiComparison(options, terminal, report, random.split()).run(ways, peer);
        }
    }

    private static Path newFolder(Path folder) {
        try {
            return Files.createDirectory(folder);
        } catch (java.io.IOException e) {
            throw new BenchException("the folder " + folder + " cannot be made: " + e, e);
        }
    }

    private void fill(String title, ApiClient client) throws InterruptedException {
        try (ProgressBar progress =
                new ProgressBar(terminal, "items of " + title, ApiClient.ITEMS, "items", System::nanoTime)) {
            client.fill(random.split(), progress);
        }
    }
}
