package io.tidemark.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.item.InvalidInputException;
import io.tidemark.launcher.output.Output;
import io.tidemark.launcher.output.ProgressBar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidemark verify}. */
@Command(
        name = "verify",
        description = {
            "Compare every replica with a reference that is rebuilt from the archive alone, and check the archive itself.",
            "The exit code is 0 if all are equal, 1 if something differs, 3 if something could not be checked."
        },
        footer = {
            "  tidemark verify              (re-reads everything at rest)",
            "  tidemark verify --quick      (what came since the last time)",
            "  tidemark verify --heal       (rebuilds a replica that differs while all others agree)"
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

    VerifyCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(ConnectedCluster cluster, Output output) {
        StringBuilder path = new StringBuilder("/v1/verify?mode=" + (quick ? "quick" : "deep") + "&heal=" + heal);
        shards.forEach(shard -> path.append("&shard=").append(shard));
        try (Stream<JsonNode> lines = cluster.http()
                        .post(path.toString())
                        .orElseThrow(() -> new InvalidInputException("no verifier answers at " + cluster.endpoint()
                                + ": name the verifier's metrics address with --endpoint"));
                ProgressBar bar =
                        new ProgressBar(context().terminal(), "checking archive", 0, "records", System::nanoTime)) {
            JsonNode last = follow(lines, bar, output);
            bar.close();
            output.print(last.path("report"), () -> last.path("text").asText());
            return last.path("exitCode").asInt(ExitCode.UNKNOWN);
        }
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
                .orElseThrow(() -> new VerificationLostException(
                        last.map(line -> line.path("error").asText(""))
                                .filter(reason -> !reason.isEmpty())
                                .orElse("the connection broke")));
    }

    /** The verification was begun and its report did not come: nothing is known. */
    static final class VerificationLostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        VerificationLostException(String reason) {
            super("the verification gave no report: " + reason);
        }
    }
}
