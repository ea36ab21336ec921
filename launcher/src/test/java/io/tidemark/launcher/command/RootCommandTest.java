package io.tidemark.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootCommandTest {
    /** Nothing listens on it. */
    private static final Map<String, String> NOBODY = Map.of("TIDEMARK_ENDPOINT", "http://127.0.0.1:1");

    @Test
    void aCommandThatDoesNotExistIsAnswered() {
        CommandRun run = CommandRun.of("tabel");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("tabel").contains("Did you mean: tidemark table");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aGroupWithoutCommandNamesItsCommands() {
        CommandRun run = CommandRun.of("item");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("put", "get", "update", "delete", "query", "scan");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev",
                "router",
                "compatibility",
                "table create",
                "table bind",
                "item put",
                "item update",
                "item query",
                "load",
                "status",
                "verify",
                "log show",
                "config",
                "bench"
            })
    void helpTeachesWithExamples(String command) {
        CommandRun run = CommandRun.of((command + " --help").split(" ", -1));

        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).contains("Examples:").contains("tidemark " + command);
    }

    @Test
    void aMissingOptionIsAUsageError() {
        CommandRun run = CommandRun.of("table", "create", "pages");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--key").contains("tidemark table create --help");
    }

    @Test
    void anEndpointThatIsNoneIsAUsageError() {
        CommandRun run = CommandRun.of("table", "list", "--endpoint", "localhost");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("http://127.0.0.1:8100").contains("localhost");
    }

    @Test
    void aClusterThatIsNotThereIsAnErrorThatSaysHowToStartOne() {
        CommandRun run = CommandRun.of(NOBODY, "", "table", "list");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err())
                .contains("http://127.0.0.1:1 cannot be reached: nothing listens there")
                .contains("tidemark dev");
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void whatCouldNotBeVerifiedIsNotReportedAsDifferent() {
        CommandRun cluster = CommandRun.of(NOBODY, "", "verify");
        assertThat(cluster.exitCode()).isEqualTo(ExitCode.UNKNOWN);
        assertThat(cluster.err()).contains("nothing could be checked").contains("http://127.0.0.1:1");

        CommandRun bucket = CommandRun.of(
                Map.of("AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "b"),
                "",
                "verify",
                "--bucket",
                "archive",
                "--s3-endpoint",
                "http://127.0.0.1:1");
        assertThat(bucket.exitCode()).isEqualTo(ExitCode.UNKNOWN);
        assertThat(bucket.err()).contains("nothing could be checked").contains("archive");
    }

    @Test
    void aConfigurationFileNamesTheBucketToProve(@TempDir Path folder) throws IOException {
        Path config = folder.resolve("archiver.yaml");
        Files.writeString(
                config,
                "s3: {bucket: from-the-file, endpoint: 'http://127.0.0.1:1', accessKey: a, secretKey: '${SECRET}'}\n");

        CommandRun run = CommandRun.of(Map.of("SECRET", "b"), "", "verify", "--config", config.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.UNKNOWN);
        assertThat(run.err()).contains("from-the-file").contains("127.0.0.1:1");

        Files.writeString(config, "archiver: {segmentAge: 1s}\n");
        CommandRun none = CommandRun.of("verify", "--config", config.toString());
        assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).contains("'s3:'");
    }

    @Test
    void optionsOfABucketAndOfAClusterDoNotMix() {
        assertThat(CommandRun.of("verify", "--bucket", "archive", "--heal").err())
                .contains("--heal", "--bucket and --config do without");
        CommandRun run = CommandRun.of("verify", "--s3-endpoint", "http://127.0.0.1:1");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("name the bucket");
        assertThat(CommandRun.of("verify", "--shard", "-1").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aStackTraceIsPrintedOnlyWhereItIsAskedFor() {
        assertThat(CommandRun.of(NOBODY, "", "table", "list").err()).doesNotContain("\tat ");
        assertThat(CommandRun.of(NOBODY, "", "table", "list", "--debug").err()).contains("\tat ");
    }

    @Test
    void settingsArePrintedAsJson() {
        CommandRun run = CommandRun.of("config", "--json");

        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.json().path("settings"))
                .isNotEmpty()
                .allSatisfy(setting -> assertThat(setting.properties().stream()
                                .map(Map.Entry::getKey)
                                .toList())
                        .isEqualTo(List.of("section", "setting", "default", "meaning")));
    }

    @Test
    void onePortForTwoServersIsAUsageError() {
        CommandRun run = CommandRun.of("dev", "--port", "8000");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--port and --router-port are both 8000");
    }

    @Test
    void theCompatibilityPageIsCurrent() {
        CommandRun run = CommandRun.of("compatibility");

        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(Path.of("..", "docs", "compatibility.md"))
                .as("write it anew with: ./tidemark compatibility > docs/compatibility.md")
                .hasContent(run.out());
    }

    @Test
    void anImpossibleNumberOfZonesIsAUsageError() {
        CommandRun run = CommandRun.of("dev", "--zones", "9");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--zones is 1 to 5, not 9");
    }
}
