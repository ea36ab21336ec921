package io.tidemark.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.launcher.cluster.EmbeddedCluster;
import io.tidemark.launcher.cluster.EmbeddedClusterOptions;
import io.tidemark.launcher.cluster.StartProgress;
import io.tidemark.schema.Zone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command against a whole cluster in this process. */
class ClusterCommandsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set before the first test
    static Path folder;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static EmbeddedCluster cluster;

    @BeforeAll
    static void start() {
        cluster = EmbeddedCluster.start(EmbeddedClusterOptions.in(folder.resolve("data")), StartProgress.SILENT);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static CommandRun run(String... arguments) {
        return runWith("", arguments);
    }

    private static CommandRun runWith(String input, String... arguments) {
        return CommandRun.of(
                Map.of(ClusterCommand.ENDPOINT_VARIABLE, cluster.endpoint().toString()), input, arguments);
    }

    private static JsonNode done(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        CommandRun run = run(all.toArray(String[]::new));
        assertThat(run.exitCode()).as("%s: %s", all, run.err()).isEqualTo(ExitCode.DONE);
        return run.json();
    }

    @Test
    void anItemIsPutReadUpdatedAndDeleted() {
        done("table", "create", "pages", "--key", "page");

        JsonNode put = done("item", "put", "pages", "--item", "{\"page\": \"Tides\", \"edits\": 3}");
        String after = put.path("lsn").asText();
        JsonNode item =
                done("item", "get", "pages", "--key", "Tides", "--after", after).path("item");
        assertThat(item.path("edits").path("N").asText()).isEqualTo("3");

        JsonNode updated = done(
                "item", "update", "pages", "--key", "Tides", "--add", "edits=1", "--set", "user=x", "--if", "edits>=3");
        assertThat(updated.path("attributes").path("edits").path("N").asText()).isEqualTo("4");

        CommandRun refused = run("item", "update", "pages", "--key", "Tides", "--add", "edits=1", "--if", "edits=3");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err()).contains("the condition does not hold");

        JsonNode deleted = done("item", "delete", "pages", "--key", "Tides", "--return-old");
        assertThat(deleted.path("attributes").path("user").path("S").asText()).isEqualTo("x");
        CommandRun gone = run("item", "get", "pages", "--key", "Tides", "--consistent");
        assertThat(gone.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(gone.out()).isEmpty();
        assertThat(gone.err()).contains("no item");
    }

    @Test
    void aLoadedFileIsQueriedAndScanned() throws IOException {
        done("table", "create", "edits", "--key", "channel", "--sort", "time:N");
        Path file = folder.resolve("edits.jsonl");
        Files.writeString(
                file,
                IntStream.range(0, 300)
                        .mapToObj(i -> "{\"channel\": \"c" + i % 3 + "\", \"time\": " + i + "}")
                        .collect(Collectors.joining("\n")));

        JsonNode loaded = done("load", file.toString(), "--table", "edits", "--in-flight", "16");
        assertThat(loaded.path("written").asLong()).isEqualTo(300);

        JsonNode page = done(
                "item", "query", "edits", "--key", "c1", "--sort", ">=100", "--limit", "10", "--desc", "--consistent");
        assertThat(page.path("count").asInt()).isEqualTo(10);
        assertThat(page.path("items").path(0).path("time").path("N").asText()).isEqualTo("298");
        JsonNode between = done("item", "query", "edits", "--key", "c1", "--between", "4", "10", "--consistent");
        assertThat(between.path("items")
                        .valueStream()
                        .map(item -> item.path("time").path("N").asText()))
                .containsExactly("4", "7", "10");
        JsonNode scanned = done("item", "scan", "edits", "--limit", "1000", "--filter", "time<30", "--consistent");
        assertThat(scanned.path("count").asInt()).isEqualTo(30);
        assertThat(scanned.path("scannedCount").asInt()).isEqualTo(300);
    }

    @Test
    void aFileThatIsLoadedAgainWritesNothingTwice() throws IOException {
        done("table", "create", "again", "--key", "id");
        Path file = folder.resolve("again.jsonl");
        Files.writeString(file, "{\"id\": \"x\", \"text\": \"first\"}\n");
        done("load", file.toString(), "--table", "again");
        done("item", "update", "again", "--key", "x", "--set", "text=changed");

        done("load", file.toString(), "--table", "again");
        JsonNode item =
                done("item", "get", "again", "--key", "x", "--consistent").path("item");
        assertThat(item.path("text").path("S").asText()).isEqualTo("changed");

        done("load", file.toString(), "--table", "again", "--anew");
        JsonNode anew =
                done("item", "get", "again", "--key", "x", "--consistent").path("item");
        assertThat(anew.path("text").path("S").asText()).isEqualTo("first");
    }

    @Test
    void linesThatAreNoItemsAreNamedAndTheOthersWritten() {
        done("table", "create", "lines", "--key", "id");

        CommandRun run = runWith(
                "{\"id\": \"a\"}\nnonsense\n\n{\"name\": \"no key\"}\n{\"id\": \"b\"}\n",
                "load",
                "-",
                "--table",
                "lines",
                "--json");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.json().path("written").asLong()).isEqualTo(2);
        assertThat(run.json()
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("line").asLong()))
                .containsExactly(2L, 4L);
        assertThat(run.err()).contains("2 lines could not become an item");
    }

    @Test
    void aTableIsListedDescribedAndDeleted() {
        done("table", "create", "short-lived", "--key", "id:N", "--partitions", "2");

        assertThat(done("table", "list")
                        .path("tables")
                        .valueStream()
                        .map(table -> table.path("name").asText()))
                .contains("short-lived");
        assertThat(done("table", "describe", "short-lived").path("partitions")).hasSize(2);
        CommandRun twice = run("table", "create", "short-lived", "--key", "other");
        assertThat(twice.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(twice.err()).contains("tidemark table delete");

        done("table", "delete", "short-lived");
        CommandRun gone = run("item", "get", "short-lived", "--key", "1");
        assertThat(gone.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(gone.err()).contains("tidemark table list");
    }

    @Test
    void aBindingThatDoesNotRunYetSaysWhy() {
        done("table", "create", "fed", "--key", "id");

        CommandRun bound = run("table", "bind", "fed", "--topic", "not-there");

        assertThat(bound.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(bound.out()).contains("topic not-there is bound to table fed");
        assertThat(bound.err()).contains("does not run yet").contains("not-there does not exist");
        done("table", "unbind", "1");
        CommandRun again = run("table", "unbind", "1");
        assertThat(again.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(again.err()).contains("no binding 1").contains("tidemark table bindings");
    }

    @Test
    void aRangeOfTheLogThatEndsBeforeItBeginsIsRefused() {
        CommandRun backwards = run("log", "show", "0", "9..2");

        assertThat(backwards.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(backwards.err()).contains("9..2 ends before it begins");
    }

    @Test
    void recordsOfTheLogAreShownDecoded() {
        done("table", "create", "logged", "--key", "id", "--partitions", "1");
        JsonNode put = done("item", "put", "logged", "--item", "{\"id\": \"seen in the log\"}");
        String shard = put.path("shard").asText();
        long lsn = put.path("lsn").asLong();

        JsonNode shown = done("log", "show", shard, lsn + ".." + (lsn + 1));

        JsonNode record = shown.path("records").path(0);
        assertThat(shown.path("records")).hasSize(1);
        assertThat(record.path("lsn").asLong()).isEqualTo(lsn);
        assertThat(record.path("checksumMatches").asBoolean()).isTrue();
        assertThat(record.path("command").path("type").asText()).isEqualTo("PutItem");
        assertThat(record.path("command").path("item").path("id").path("S").asText())
                .isEqualTo("seen in the log");
        assertThat(done("log", "rejected").path("shards")).hasSize(3);
    }

    @Test
    void theStatusNamesEveryReplicaAndAZoneThatIsDown() throws InterruptedException {
        JsonNode status = done("status");
        assertThat(status.path("nodes"))
                .hasSize(3)
                .allSatisfy(node -> assertThat(node.path("replicas")).hasSize(3));
        assertThat(status.path("archive")).hasSize(3);

        Zone zone = new Zone("b");
        cluster.stopNode(zone);
        try {
            CommandRun down = run("status");
            assertThat(down.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(down.out()).contains("DOWN");
        } finally {
            cluster.startNode(zone);
            assertThat(cluster.awaitServing(java.time.Duration.ofSeconds(60))).isEmpty();
        }
    }

    @Test
    void aVerificationOfAllReplicasIsReportedAsJsonAndAsATable() {
        done("table", "create", "verified", "--key", "id");
        done("item", "put", "verified", "--item", "{\"id\": \"x\"}");

        JsonNode report = done("verify");
        assertThat(report.path("verdict").asText()).isEqualTo("equal");
        assertThat(report.path("summary").path("replicasEqual").asInt()).isEqualTo(9);

        CommandRun one = run("verify", "--quick", "--shard", "1");
        assertThat(one.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(one.out()).contains("EQUAL (quick): 3 of 3 replicas equal, 1 of 3 shards verified");

        CommandRun none = run("verify", "--shard", "9");
        assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).contains("9").contains("0 to 2");

        done("table", "create", "small", "--key", "id", "--partitions", "1");
        CommandRun table = run("verify", "--quick", "--table", "small");
        assertThat(table.exitCode()).as(table.err()).isEqualTo(ExitCode.DONE);
        assertThat(table.out()).contains("1 of 3 shards verified");
        assertThat(table.err()).contains("table small is in shards");
        CommandRun nowhere = run("verify", "--table", "nowhere");
        assertThat(nowhere.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void theStatusTellsWhatIsVerifiedAndWhatIsNotYet() {
        done("verify");

        JsonNode verification = done("status").path("verification");
        assertThat(verification.path("known").asBoolean()).isTrue();
        assertThat(verification.path("coverage").asDouble()).isEqualTo(1);
        assertThat(verification.path("alarm").asBoolean()).isFalse();
        assertThat(verification.path("debtRecords").asLong(-1)).isNotNegative();
        assertThat(run("status").out()).contains("100 % of the shards equal").contains("not verified yet: ");

        CommandRun lost = run("status", "--verifier", "http://127.0.0.1:1");
        assertThat(lost.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(lost.out())
                .contains("verification: unknown: http://127.0.0.1:1 cannot be reached: nothing listens there");
    }

    @Test
    void theBucketAloneGivesTheStateThatTheReplicasHave() throws IOException {
        done("table", "create", "proved", "--key", "id");
        done("item", "put", "proved", "--item", "{\"id\": \"x\"}");
        // The barrier that the replicas are compared at ends a segment, and nobody writes afterwards.
        JsonNode live = done("verify").path("shards").path(0);

        CommandRun proof = proof(
                cluster.bucket().credentials().orElseThrow().secretAccessKey(),
                "--bucket",
                cluster.bucket().bucket(),
                "--json");

        assertThat(proof.exitCode()).as(proof.err()).isEqualTo(ExitCode.DONE);
        assertThat(proof.json().path("chains").asText()).isEqualTo("whole");
        JsonNode shard = proof.json().path("shards").path(0);
        assertThat(shard.path("nextLsn").asLong())
                .isEqualTo(live.path("barrierLsn").asLong() + 1);
        assertThat(live.path("replicas")
                        .valueStream()
                        .map(replica -> replica.path("stateHash").asText()))
                .containsOnly(shard.path("stateHash").asText());

        assertThat(proof(cluster.bucket().credentials().orElseThrow().secretAccessKey(), "--bucket", "nowhere")
                        .exitCode())
                .isEqualTo(ExitCode.UNKNOWN);
        CommandRun refused = proof("wrong", "--bucket", cluster.bucket().bucket());
        assertThat(refused.exitCode()).isEqualTo(ExitCode.UNKNOWN);
        assertThat(refused.err()).contains("nothing could be checked");
    }

    private static CommandRun proof(String secretKey, String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("verify", "--s3-endpoint", cluster.s3().endpoint().toString(), "--scratch", folder.toString()));
        all.addAll(List.of(arguments));
        return CommandRun.of(
                Map.of(
                        "AWS_ACCESS_KEY_ID",
                        cluster.bucket().credentials().orElseThrow().accessKeyId(),
                        "AWS_SECRET_ACCESS_KEY",
                        secretKey),
                "",
                all.toArray(String[]::new));
    }

    @Test
    void metricsAreServedForPrometheus() throws IOException, InterruptedException {
        try (java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient()) {
            String metrics = client.send(
                            java.net.http.HttpRequest.newBuilder(
                                            cluster.endpoint().resolve("/metrics"))
                                    .build(),
                            java.net.http.HttpResponse.BodyHandlers.ofString())
                    .body();

            assertThat(metrics).contains("# TYPE").contains("shard");
        }
    }
}
