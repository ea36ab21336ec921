package io.tidemark.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's examples of the DynamoDB API, run as they stand there, but for the port. */
class ReadmeExamplesTest {
    private static final String SECTION = "## The DynamoDB API";
    private static final int LIMIT_SECONDS = 180;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before the first test
    static Path folder;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static EmbeddedCluster cluster;

    private record Ended(int exitCode, String output) {}

    @BeforeAll
    static void start() {
        cluster = EmbeddedCluster.start(EmbeddedClusterOptions.in(folder.resolve("data")), StartProgress.SILENT);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    /** The section's first block in that language. */
    private static Path example(String language, String fileName) throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(readme.substring(readme.indexOf(SECTION)));
        assertThat(block.find()).as("an example in %s", language).isTrue();
        String address = "http://127.0.0.1:" + RouterOptions.DEFAULT_PORT;
        assertThat(block.group(1)).contains(address);
        return Files.writeString(
                folder.resolve(fileName),
                block.group(1).replace(address, cluster.api().toString()));
    }

    private static Ended run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // What this machine is configured with is no matter of the example.
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        builder.environment().put("AWS_PAGER", "");
        Process process = builder.start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("does not end: " + Files.readString(output));
        }
        return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private static boolean works(String... command) throws InterruptedException {
        try {
            return run(command).exitCode() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    private static void requireOutput(Ended ended, String... words) {
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output()).contains(words);
    }

    @Test
    void theAwsCliExampleRuns() throws IOException, InterruptedException {
        assumeTrue(works("aws", "--version"), "the AWS CLI is not installed");
        Path script = example("bash", "music.sh");

        Ended ended = run("bash", "-eu", script.toString());

        requireOutput(ended, "\"N\": \"2\"", "Bird's Lament", "\"Count\": 1");
    }

    @Test
    void thePythonExampleRuns() throws IOException, InterruptedException {
        assumeTrue(works("python3", "-c", "import boto3"), "boto3 is not installed");
        Path script = example("python", "orders.py");

        requireOutput(run("python3", script.toString()), "order 7 is there already", "[5, 6, 7, 8]");
    }

    /** Node looks for modules beside a script: {@code NODE_PATH} names a folder of modules that is put there. */
    @Test
    void theJavaScriptExampleRuns() throws IOException, InterruptedException {
        Path script = example("javascript", "devices.mjs");
        String modules = System.getenv("NODE_PATH");
        if (modules != null) {
            Files.createSymbolicLink(folder.resolve("node_modules"), Path.of(modules));
        }
        Path check = Files.writeString(folder.resolve("check.mjs"), "import \"@aws-sdk/lib-dynamodb\";\n");
        assumeTrue(works("node", check.toString()), "node or @aws-sdk/lib-dynamodb is not installed");

        requireOutput(run("node", script.toString()), "on: true", "'hall', 'stairs'");
    }

    @Test
    void theJavaExampleRuns() throws IOException, InterruptedException {
        Path source = example("java", "Counters.java");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

        Ended ended = run(java, "-cp", System.getProperty("java.class.path"), source.toString());

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output().lines().filter(line -> line.matches("\\d")).toList())
                .isEqualTo(List.of("1", "2", "3"));
    }
}
