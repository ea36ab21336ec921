package io.tidemark.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.cluster.ControlHttp;
import io.tidemark.launcher.item.InvalidInputException;
import io.tidemark.launcher.output.Output;
import io.tidemark.launcher.output.ProgressBar;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.catalog.CatalogException;
import io.tidemark.schema.catalog.CatalogException.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark verify}. */
@Command(
        name = "verify",
        description = {
            "Compare every replica with a reference that is rebuilt from the archive alone, and check the archive itself.",
            "With --bucket or --config the cluster is not asked: the chain of segments of every shard is followed from its"
                    + " first record, checked in every bit, and replayed; the hashes that this gives are printed.",
            "The exit code is 0 if all are equal and whole, 1 if something differs or a chain is broken, 3 if something could"
                    + " not be checked."
        },
        footer = {
            "  tidemark verify              (re-reads everything at rest)",
            "  tidemark verify --quick      (what came since the last time)",
            "  tidemark verify --table edits (the shards that hold it, as a whole)",
            "  tidemark verify --heal       (rebuilds a replica that differs while all others agree)",
            "  tidemark verify --bucket tidemark --s3-endpoint http://127.0.0.1:9000",
            "  tidemark verify --config archiver.yaml"
        })
final class VerifyCommand extends ClusterCommand {
    @Option(
            names = "--quick",
            description = "Check only new segments, and compare the state hashes that replicas keep up to date.")
    boolean quick;

    @Option(
            names = "--heal",
            description = "Set a replica that differs aside, keep it as evidence, and rebuild it from the log.")
    boolean heal;

    @Option(names = "--shard", paramLabel = "N", description = "Only this shard; may be repeated.")
    List<Integer> shards = new ArrayList<>();

    @Option(
            names = "--table",
            paramLabel = "NAME",
            description = "Only the shards that hold this table, with all that they hold; may be repeated.")
    List<String> tables = new ArrayList<>();

    @Mixin
    VerifierOptions verifier = new VerifierOptions();

    @Mixin
    BucketOptions bucket = new BucketOptions();

    VerifyCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        Set<ShardId> given = new TreeSet<>();
        for (int shard : shards) {
            if (shard < 0) {
                throw new InvalidInputException("--shard is 0 or more, not " + shard);
            }
            given.add(new ShardId(shard));
        }
        bucket.requireUse();
        if (!bucket.given()) {
            return super.call();
        }
        if (quick || heal || !tables.isEmpty() || !endpoints.isEmpty() || verifier.verifier.isPresent()) {
            throw new InvalidInputException(
                    "--quick, --heal, --table, --endpoint and --verifier need the cluster, which"
                            + " --bucket and --config do without");
        }
        return new BucketVerification(bucket.settings(context().environment()), bucket.scratch, given).run(output());
    }

    @Override
    int run(ConnectedCluster cluster, Output output) {
        try {
            return verify(cluster, output);
        } catch (CatalogException e) {
            // Exit code 1 is for what was looked at, and differs.
            if (e.kind() == Kind.UNAVAILABLE || e.kind() == Kind.TIMEOUT || e.kind() == Kind.OVERLOADED) {
                throw new UnverifiedException(
                        "nothing could be checked: " + Failures.of(e).message(), e);
            }
            throw e;
        }
    }

    private int verify(ConnectedCluster cluster, Output output) {
        Set<Integer> wanted = new TreeSet<>(shards);
        tables.forEach(table -> wanted.addAll(shardsOf(cluster, table, output)));
        StringBuilder path = new StringBuilder("/v1/verify?mode=" + (quick ? "quick" : "deep") + "&heal=" + heal);
        wanted.forEach(shard -> path.append("&shard=").append(shard));
        try (ControlHttp http = verifier.connect(cluster, context().environment());
                Stream<JsonNode> lines = http.post(path.toString())
                        .orElseThrow(() -> new UnverifiedException(
                                verifier.absent(cluster, context().environment())));
                ProgressBar bar =
                        new ProgressBar(context().terminal(), "checking archive", 0, "records", System::nanoTime)) {
            JsonNode last = follow(lines, bar, output);
            bar.close();
            output.print(last.path("report"), () -> last.path("text").asText());
            return last.path("exitCode").asInt(ExitCode.UNKNOWN);
        }
    }

    private static Set<Integer> shardsOf(ConnectedCluster cluster, String table, Output output) {
        Set<Integer> shards = new TreeSet<>();
        await(cluster.tables().describeTable(table))
                .route()
                .partitions()
                .forEach(partition -> shards.add(partition.shard().value()));
        if (shards.isEmpty()) {
            throw new UnverifiedException("table " + table + " has no partitions: is it being deleted?");
        }
        output.note("table " + table + " is in shards " + shards + ": they are verified with all that they hold");
        return shards;
    }

    private JsonNode follow(Stream<JsonNode> lines, ProgressBar bar, Output output) {
        Map<Integer, Long> checked = new HashMap<>();
        Optional<JsonNode> last = lines.peek(line -> {
                    switch (line.path("event").asText()) {
                        case "archive" -> {
                            checked.put(
                                    line.path("shard").asInt(),
                                    line.path("checked").asLong());
                            bar.set(checked.values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum());
                        }
                        case "healing" ->
                            output.note("healing shard " + line.path("shard") + " of zone "
                                    + line.path("zone").asText() + ": "
                                    + line.path("detail").asText());
                        default -> {}
                    }
                })
                .reduce((before, line) -> line);
        return last.filter(line -> line.has("report"))
                .orElseThrow(() -> new UnverifiedException("the verification gave no report: "
                        + last.map(line -> line.path("error").asText(""))
                                .filter(reason -> !reason.isEmpty())
                                .orElse("the connection broke")));
    }

    /** There is no report: nothing is known. */
    static final class UnverifiedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnverifiedException(String message) {
            super(message);
        }

        UnverifiedException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
