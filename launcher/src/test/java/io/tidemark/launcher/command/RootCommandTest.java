package io.tidemark.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
        assertThat(run.err()).contains("http://127.0.0.1:1").contains("tidemark dev");
        assertThat(run.err().lines()).hasSize(1);
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
